import assert from "node:assert/strict";
import { test } from "node:test";
import { readLine, refuseFile } from "./config-line.ts";

const read: readonly (readonly [text: string, flags: Readonly<Record<string, unknown>>])[] = [
  ["plugin: smoke\n", { plugin: ["smoke"] }],
  ['{"plugin": ["smoke", "node-facts"], "timeout": 90}', { plugin: ["smoke", "node-facts"], timeout: "90" }],
  ["pluginEnv:\n  job.LEVEL: high\n  job.GONE:\n", { pluginEnv: ["job.LEVEL=high", "job.GONE="] }],
  ["pluginEnv: [job.LEVEL=high]\npluginImage: {job: example/job:2}\n", { pluginEnv: ["job.LEVEL=high"], pluginImage: ["job:example/job:2"] }],
  ["e2eParallel: true\nforceImagePullPolicy: yes\nrbac: no\n", { e2eParallel: true, forceImagePullPolicy: true, rbac: false }],
  ["skipPreflight: dns,quota\n", { skipPreflight: "dns,quota" }],
  ["annotation: {sidecar.istio.io/inject: 'false'}\n", { annotation: ["sidecar.istio.io/inject=false"] }],
  ["mode:\ntimeout: ~\nnamespace: here\n", { namespace: "here", mode: undefined, timeout: undefined }],
  ["plugin: &p [smoke]\nnodeSelector: *p\n", { plugin: ["smoke"], nodeSelector: ["smoke"] }],
];
for (const [text, expected] of read)
  test(`${JSON.stringify(text)} is read`, async () => {
    const flags: Readonly<Record<string, unknown>> = (await readLine(["--config", "file"], { file: text })).flags;
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, flags[name]])), expected);
  });

const refused: readonly (readonly [text: string, says: string])[] = [
  ["nodeselector: {a: b}\n", "file:1:1: nodeselector: is no setting of a run; did you mean nodeSelector?"],
  ["timeout: 1h\n\nwhatever: 1\n", "file:3:1: whatever: is no setting of a run; `asdic gen config` shows those that there are."],
  ["config: other.yaml\n", "file:1:1: config: is no setting of a run; `asdic gen config` shows those that there are."],
  ["wait: true\n", "file:1:1: wait: is no setting of a run; `asdic gen config` shows those that there are."],
  ["timeout: [1]\n", "file:1:1: timeout: must be text."],
  ["timeout: 1.5\n", "file:1:1: timeout: must be text."],
  ["kubernetesVersion: 1.30\n", "file:1:1: kubernetesVersion: must be text."],
  ["forceImagePullPolicy: Always\n", "file:1:1: forceImagePullPolicy: must be true or false."],
  ["e2eParallel: {}\n", "file:1:1: e2eParallel: must be text, true or false."],
  ["plugin: {a: b}\n", "file:1:1: plugin: must be a list of texts."],
  ["plugin: [smoke, {a: b}]\n", "file:1:17: plugin: must be a list of texts."],
  ["pluginEnv:\n  a.B: [x]\n", "file:2:3: pluginEnv: must be a mapping of names to texts."],
  ["mode: quik\n", 'file:1:1: mode: is "quik", and must be one of quick, non-disruptive-conformance, certified-conformance, conformance-lite.'],
  ["a: 1\na: 2\n", "file:2:1: is no YAML: Map keys must be unique."],
  ["- plugin\n", "file:1:1: must be a mapping of names to values."],
  ["", "file: is empty."],
  ["plugin: *gone\n", "file:1:9: *gone refers to an anchor that is not there before it."],
];
for (const [text, says] of refused) test(`${JSON.stringify(text)} is refused by its place`, async () => assert.equal(await refuseFile(text), says));

test("all that is wrong with a file is told together", async () => {
  assert.equal(
    await refuseFile("plugins: a\nimage: true\nmode: quik\n").then((text) =>
      text
        .split("\n")
        .map((line) => line.replace(/: [^:]*$/, ""))
        .join(" "),
    ),
    "file:1:1: plugins file:2:1: image file:3:1: mode",
  );
});
