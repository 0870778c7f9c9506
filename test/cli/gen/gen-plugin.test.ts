import assert from "node:assert/strict";
import { test } from "node:test";
import { readPluginFile } from "../../../cli/plugins/read-plugin-file.ts";
import { assertGolden } from "../../golden.ts";
import { createPrinter } from "./print.ts";

const asdic = await createPrinter({ "a.cfg": "level: 2\n", "picture.png": Buffer.from([137, 80, 0]) });
const gen = (words: readonly string[]) => asdic(["gen", "plugin", ...words]);
const image = ["-i", "registry.asdic.test/check:v1"];

const sonobuoy =
  "--name every.node -i registry.asdic.test/check:v1 --type daemonset --format manual --cmd ./run.sh --arg a --env LEVEL=2 --env EMPTY= --env ON=yes --node-selector disk=ssd --configmap a.cfg --order -3 --result-file done.yaml --skip-cleanup --url https://example.test/every.yaml --host-path /var/log:/host/log --host-path /data:/data:rw";
const ours = "-n ours -i registry.asdic.test/check:v1 --api asdic/v1 --timeout 1h30m --early-cleanup --needs smoke --secret key=KEY --secret key=/etc/key";

const files: readonly (readonly [golden: string, words: readonly string[]])[] = [
  ["plain", ["-n", "plain", ...image]],
  ["sonobuoy", [...sonobuoy.split(" "), "--arg", "b c", "--description", "Looks: everywhere"]],
  ["default-pod-spec", ["-n", "shown", ...image, "--show-default-podspec"]],
  [
    "asdic-v1",
    [...ours.split(" "), "--namespace-rule", "get,list pods,pods/log,deployments.apps", "--cluster-rule", "list nodes", "--cluster-rule", "* *.example.test"],
  ],
  ["e2e", ["e2e", "--e2e-focus", "\\[sig-network\\]", "--e2e-parallel", "--env", "E2E_DRYRUN=true", "--name", "net"]],
  ["node-facts", ["node-facts", "--timeout", "60"]],
];
for (const [golden, words] of files)
  test(`\`asdic gen plugin ${words.join(" ")}\` prints a file that is read as it was meant`, async () => {
    const { code, stdout, stderr } = await gen(words);
    assert.deepEqual([code, stderr], [0, ""]);
    assertGolden(`cli/gen/plugin/${golden}.yaml`, stdout);
    const read = readPluginFile({ text: stdout, source: golden });
    assert.ok("definition" in read, JSON.stringify(read));
  });

test("everything that is wrong is told together, by its flag", async () => {
  const line =
    "-n Wrong -i  -t Sometimes -f xml --result-file a/b --order first --env 1=2 --env A=1 --env A=2 --host-path relative:/x --node-selector ssd --timeout soon --namespace-rule 5 --cluster-rule get --secret key --configmap none.cfg";
  const words = line.split(" ");
  const { code, stdout, stderr } = await gen(words);
  assert.deepEqual([code, stdout], [2, ""]);
  assertGolden("cli/gen/plugin/refused.txt", stderr);
});

const refused: readonly (readonly [words: readonly string[], says: RegExp])[] = [
  [[], /--image: an image is needed\.\n--name: a name is needed\./],
  [["-n", "x", ...image, "--timeout", "60"], /^error: --timeout: .*\nAdd --api asdic\/v1 for a file of asdic's own\.\n$/],
  [["-n", "x", ...image, "--configmap", "picture.png"], /^error: --configmap picture\.png: is no text\.\n/],
  [["-n", "x", ...image, "--configmap", "a.cfg", "--configmap", "./a.cfg"], /^error: --configmap \.\/a\.cfg: a second file a\.cfg/],
  [["-n", "x", ...image, "--api", "v1"], /^error: --api v1: .*\nFor example: --api asdic\/v1\n/],
  [["nothing"], /^error: a plugin can't be right\.\nnothing: is neither/],
  [["smoke", "--mode", "quick"], /^error: --mode/],
  [["-n", "x", ...image, "--e2e-focus", "a"], /^error: --e2e-focus: .*\nBegin with it: asdic gen plugin e2e --e2e-focus …\n/],
  [["-n", "x", ...image, "extra", "words"], /words: is more than `asdic gen plugin` takes/],
];
for (const [words, says] of refused)
  test(`\`asdic gen plugin ${words.join(" ")}\` is refused`, async () => {
    const { code, stdout, stderr } = await gen(words);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, says);
  });

test("gen config prints what --config takes", async () => {
  const { code, stdout } = await asdic(["gen", "config"]);
  assert.equal(code, 0);
  assert.match(stdout, /^#plugin: /m);
});
