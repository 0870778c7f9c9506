import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../core/contract/json.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { defaultPodSpec } from "../../core/contract/default-pod-spec.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { parsePluginDefinition } from "../../core/contract/plugin-definition.ts";
import { podSecurity } from "../../core/kubernetes/pod-security.ts";
import { builtInPlugins } from "../../plugins/built-ins.ts";

const definitions = builtInPlugins.flatMap(({ names, definition }) => names.map((name) => ({ name, definition: definition({ name }) })));

test("the built-in plugins are these, by these names", () => {
  assert.deepEqual(
    definitions.map(({ name }) => name),
    ["node-facts", "smoke", "conformance", "e2e"],
  );
});

for (const { name, definition } of definitions) {
  test(`${name}: written as a plugin file it is accepted and means the same`, () => {
    assert.equal(definition.name, name);
    // A file of Sonobuoy's has no place for a time-out.
    const { timeoutSeconds, ...rest } = definition;
    const expected = definition.dialect === "sonobuoy" || timeoutSeconds === undefined ? rest : definition;
    assert.deepEqual(parsePluginDefinition(writeAsFile(definition)), { definition: expected });
  });

  test(`${name}: has a one-line summary for lists`, () => {
    const { summary } = builtInPlugins.find(({ names }) => names.includes(name)) ?? { summary: "" };
    assert.match(summary, /^[A-Z].{20,140}\.$/);
  });
}

for (const { name, definition } of definitions.filter((each) => each.definition.dialect === "asdic/v1")) {
  test(`${name}: our own pods stay within Pod Security's restricted level`, () => {
    assert.deepEqual(podSecurity({ ...defaultPodSpec(definition), ...definition.podSpec, containers: [definition.container] }), {
      level: "restricted",
      reasons: [],
    });
  });

  test(`${name}: takes nothing of the host and writes nothing outside its volumes`, () => {
    const spec: JsonObject = { ...defaultPodSpec(definition), ...definition.podSpec };
    assert.deepEqual(
      [spec["hostNetwork"], spec["hostPID"], spec["hostIPC"], spec["volumes"], definition.extraVolumes.length],
      [undefined, undefined, undefined, undefined, 0],
    );
    const security = definition.container["securityContext"];
    assert.ok(isJsonObject(security) && security["readOnlyRootFilesystem"] === true && security["runAsUser"] === 65_532);
  });

  test(`${name}: runs its own program in the run's image and asks for resources`, () => {
    assert.deepEqual(definition.container["command"], ["/nodejs/bin/node", "/asdic/plugins/main.js", name]);
    assert.equal(definition.container["image"], "$ASDIC_IMAGE");
    assert.ok(isJsonObject(definition.container["resources"]));
  });
}

test("node-facts has no account's rights; smoke may not touch secrets, nor write anything outside the run's namespace", () => {
  const rules = (name: string) => definitions.find((each) => each.name === name)?.definition.permissions;
  assert.equal(rules("node-facts"), undefined);
  assert.deepEqual(rules("smoke")?.cluster, [{ apiGroups: [""], resources: ["nodes"], verbs: ["list"] }]);
  const resources = rules("smoke")?.namespace.flatMap((rule) => rule.resources ?? []);
  assert.deepEqual(resources, ["pods", "services", "pods/log", "pods/exec", "events"]);
});

/** A definition as a person would write its file. */
function writeAsFile(definition: PluginDefinition): JsonObject {
  const { dialect, name, driver, resultFormat, resultFiles, skipCleanup, order, description, container, extraVolumes, configMap, timeoutSeconds, permissions } =
    definition;
  const ours = dialect === "asdic/v1";
  return {
    ...(ours && { apiVersion: "asdic/v1", timeout: timeoutSeconds }),
    ...(ours && permissions && { permissions: structuredClone(permissions) }),
    "sonobuoy-config": {
      driver,
      "plugin-name": name,
      "result-format": resultFormat,
      "result-files": resultFiles,
      "skip-cleanup": skipCleanup,
      order,
      description,
    },
    spec: container,
    "extra-volumes": extraVolumes,
    "config-map": configMap,
  };
}
