import assert from "node:assert/strict";
import { test } from "node:test";
import { readPluginFile } from "../../../cli/plugins/read-plugin-file.ts";
import { renderPluginFile } from "../../../cli/plugins/render-plugin-file.ts";
import { builtInPlugins } from "../../../plugins/built-ins.ts";

function read(text: string) {
  const result = readPluginFile({ text, source: "p.yaml" });
  assert.ok("definition" in result, JSON.stringify(result));
  return result.definition;
}

test("YAML means what Kubernetes' tools take it for: octal modes, yes, merge keys; but times and 1:30 are text", () => {
  const { skipCleanup, extraVolumes, container } = read(`
sonobuoy-config: {driver: DaemonSet, plugin-name: a, skip-cleanup: yes}
base: &base {image: x}
spec:
  <<: *base
  command: [1:30, 2001-01-01, "yes"]
extra-volumes:
- {name: v, configMap: {name: c, defaultMode: 0755}}
`);
  assert.equal(skipCleanup, true);
  assert.deepEqual(extraVolumes, [{ name: "v", configMap: { name: "c", defaultMode: 0o755 } }]);
  assert.deepEqual(container, { name: "a", image: "x", command: ["1:30", "2001-01-01", "yes"] });
});

test("a plugin gets the name that is asked for", () => {
  const result = readPluginFile({ text: "sonobuoy-config: {driver: job, plugin-name: a}\nspec: {image: x}\n", source: "p.yaml", name: "b" });
  assert.equal("definition" in result && result.definition.name, "b");
});

for (const name of builtInPlugins.flatMap(({ names }) => names))
  test(`${name} shown as a file is read as the same plugin`, () => {
    const definition = builtInPlugins.find(({ names }) => names.includes(name))?.definition({ name });
    assert.ok(definition);
    // A file of Sonobuoy's has no place for a time-out.
    const { timeoutSeconds, ...rest } = definition;
    assert.deepEqual(read(renderPluginFile(definition)), definition.dialect === "sonobuoy" || timeoutSeconds === undefined ? rest : definition);
  });

test("everything that a file can say is shown again", () => {
  const text = `sonobuoy-config: {driver: DaemonSet, plugin-name: a, result-format: gojson, result-files: [r.json], skip-cleanup: true, order: 3, description: d, source-url: u}
spec: {name: c, image: x, env: [{name: A, value: "yes"}, {name: B, value: "010"}]}
podSpec: {hostNetwork: true}
extra-volumes: [{name: v, emptyDir: {}}]
config-map: {a.yaml: "b: 1\\n"}
`;
  assert.deepEqual(read(renderPluginFile(read(text))), read(text));
});

test("only a file of asdic/v1 can ask for its pods to go early", () => {
  const text = "sonobuoy-config: {driver: job, plugin-name: a}\nspec: {image: x}\nearly-cleanup: true\n";
  const ours = read(`apiVersion: asdic/v1\n${text}`);
  assert.deepEqual([ours.earlyCleanup, read(text).earlyCleanup], [true, undefined]);
  assert.deepEqual(read(renderPluginFile(ours)), ours);
});
