import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lintPlugins } from "../../../../cli/plugins/lint/lint-plugins.ts";
import { renderFindings } from "../../../../cli/plugins/lint/render-findings.ts";
import { lintRules } from "../../../../cli/plugins/lint/rules.ts";
import { renderPluginFile } from "../../../../cli/plugins/render-plugin-file.ts";
import { builtInPlugins } from "../../../../plugins/built-ins.ts";
import { assertGolden } from "../../../golden.ts";

const fixtures = join(import.meta.dirname, "../../../fixtures/plugins/lint");
const read = (name: string) => ({ source: `${name}.yaml`, text: readFileSync(join(fixtures, `${name}.yaml`), "utf8") });
const lint = (text: string) => lintPlugins([{ source: "p.yaml", text }]);
const codes = (text: string): readonly string[] => lint(text).map(({ code }) => code);

test("every rule has a fixture, and every fixture but the faultless one a rule", () => {
  const names = readdirSync(fixtures).map((file) => file.replace(/\.yaml$/, ""));
  assert.deepEqual(names.toSorted(), [...lintRules.map(({ code }) => code), "none"].toSorted());
});

for (const { code, severity } of lintRules)
  test(`${code}: its fixture has this ${severity}, and no other error or warning`, () => {
    const found = lintPlugins([read(code)]);
    assert.ok(found.some((finding) => finding.code === code && finding.severity === severity));
    assert.deepEqual(
      found.filter((finding) => finding.severity !== "note" && finding.code !== code),
      [],
    );
    assertGolden(`cli/plugins/lint/${code}.txt`, renderFindings(found, { files: 1, paint: (_look, text) => text }));
  });

test("a file without fault has no finding", () => assert.deepEqual(lintPlugins([read("none")]), []));

test("plugins that come with asdic have no error, and only their names are taken", () => {
  for (const { names, definition } of builtInPlugins)
    for (const name of names) {
      const found = lint(renderPluginFile(definition({ name }))).filter(({ severity }) => severity !== "note");
      assert.deepEqual(
        [...new Set(found.map(({ code }) => code))].filter((code) => code !== "resources-missing"),
        ["name-taken"],
      );
    }
});

const good =
  "apiVersion: asdic/v1\nsonobuoy-config: {driver: Job, plugin-name: a, description: d}\nspec: {image: x:1, resources: {requests: {cpu: 1, memory: 1Mi}}}\n";

test("a name is taken by the files given before, and each file's findings come by line", () => {
  const found = lintPlugins([
    { source: "one.yaml", text: good },
    { source: "two.yaml", text: `extra: 1\n${good}` },
  ]).filter(({ severity }) => severity !== "note");
  assert.deepEqual(
    found.map(({ source, line, column, path, message }) => [source, line, column, path, message]),
    [
      ["two.yaml", 1, 1, "extra", "is no field of asdic/v1"],
      ["two.yaml", 3, 32, "sonobuoy-config.plugin-name", '"a" is already the name of the plugin in one.yaml'],
    ],
  );
});

test("of one mistake only the rule that tells most is shown, and what can't be parsed still is looked at", () => {
  const text =
    "sonobuoy-config: {driver: Cron, plugin-name: a, description: d}\nspec:\n  image: x:latest\n  resources: {requests: {cpu: 1, memory: 1Mi}}\n  env: [{name: A, value: 5}]\n";
  assert.deepEqual(codes(text), ["invalid-field", "image-tag-missing", "wrong-type"]);
});

const unreadable = [
  { what: "is empty", text: "", place: [undefined, undefined] },
  { what: "is broken off", text: "a: [\n", place: [2, 1] },
  { what: "holds two documents", text: `${good}---\n${good}`, place: [4, 1] },
];
for (const { what, text, place } of unreadable)
  test(`a file that ${what} is one error, with its place`, () => {
    assert.deepEqual(
      lint(text).map(({ code, severity, line, column }) => [code, severity, line, column]),
      [["unreadable", "error", ...place]],
    );
  });

const quiet = [
  { what: "a done file named in the script", text: good.replace("image: x:1", "image: x:1, command: [sh, -c, 'run > $RESULTS_DIR/done; sleep infinity']") },
  { what: "a script that ends", text: good.replace("image: x:1", "image: x:1, command: [sh, -c, 'while read line; do echo; done < x']") },
  { what: "an image of the server's version", text: good.replace("x:1", "x:$SONOBUOY_K8S_VERSION") },
  { what: "an image that is replaced by asdic's own", text: good.replace("x:1", "$ASDIC_IMAGE") },
  {
    what: "the volume root of Sonobuoy's DaemonSets",
    text: good.replace("apiVersion: asdic/v1\n", "").replace("Job", "DaemonSet").replace("image", "volumeMounts: [{name: root, mountPath: /node}], image"),
  },
  {
    what: "keys for anchors",
    text: `x-base: &base {cpu: 1, memory: 1Mi}\n${good.replace("apiVersion: asdic/v1\n", "").replace("{cpu: 1, memory: 1Mi}", "*base")}`,
  },
  {
    what: "the results folder where RESULTS_DIR says",
    text: good.replace("image", "env: [{name: RESULTS_DIR, value: /r}], volumeMounts: [{name: results, mountPath: /r}], image"),
  },
  { what: "progress reported to localhost inside the pod", text: good.replace("image", "args: ['http://localhost:8099/progress'], image") },
];
for (const { what, text } of quiet)
  test(`nothing is said of ${what}`, () =>
    assert.deepEqual(
      codes(text).filter((code) => code !== "pod-security-level" && code !== "host-access-by-default"),
      [],
    ));
