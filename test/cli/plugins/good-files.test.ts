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

test("everything that only a file of asdic/v1 can say is shown again", () => {
  const ours = read(`apiVersion: asdic/v1
sonobuoy-config: {driver: job, plugin-name: a}
spec: {image: x}
timeout: 90
early-cleanup: true
permissions: {namespace: [{apiGroups: [""], resources: [pods], verbs: [get]}], cluster: []}
needs: [b, {plugin: c, required: false}]
secrets: [{name: licence, env: LICENCE}, {name: ca, file: /etc/x/ca.pem}]
`);
  assert.deepEqual(
    [ours.timeoutSeconds, ours.earlyCleanup, ours.needs, ours.secrets],
    [
      90,
      true,
      [
        { plugin: "b", required: true },
        { plugin: "c", required: false },
      ],
      [
        { name: "licence", env: "LICENCE" },
        { name: "ca", file: "/etc/x/ca.pem" },
      ],
    ],
  );
  assert.deepEqual(read(renderPluginFile(ours)), ours);
});

test("nothing needed and no secrets are as if they weren't there", () => {
  const text = "apiVersion: asdic/v1\nsonobuoy-config: {driver: job, plugin-name: a, order: 2}\nspec: {image: x}\n";
  assert.deepEqual(read(`${text}needs: []\nsecrets: []\n`), read(text));
});
