import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildPluginPod } from "../../../aggregator/launch/plugin-pod.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import type { JsonObject } from "../../../core/contract/json.ts";
import { parsePluginDefinition } from "../../../core/contract/plugin-definition.ts";
import { assertGolden } from "../../golden.ts";
import { runSpec } from "../run-spec.ts";

function build(document: JsonObject, node = "global"): { readonly metadata: JsonObject; readonly spec: JsonObject } {
  const parsed = parsePluginDefinition(document);
  if (!("definition" in parsed)) throw new Error(JSON.stringify(parsed.problems));
  const settings = { aggregatorUrls: ["https://10.96.0.9:8080"], ca: "PEM", deadlineSeconds: 60 };
  return buildPluginPod({ spec: runSpec, definition: parsed.definition, node, progressPort: 8099, settings });
}
const config = (driver: string, more: JsonObject = {}): JsonObject => ({ "sonobuoy-config": { driver, "plugin-name": "my.plugin", ...more } });
const containerOf = (spec: JsonObject, name: string): JsonObject => {
  const found = (Array.isArray(spec["containers"]) ? spec["containers"] : []).filter(isJsonObject).find((container) => container["name"] === name);
  assert.ok(found, `no container ${name}`);
  return found;
};

describe("buildPluginPod", () => {
  const pods: readonly [string, JsonObject, string][] = [
    ["job", { ...config("Job"), spec: { image: "example.test/suite:$SONOBUOY_K8S_VERSION", command: ["./run.sh"] } }, "global"],
    ["daemon-set", { ...config("DaemonSet"), spec: { image: "x", volumeMounts: [{ name: "root", mountPath: "/node" }] } }, "node-1"],
    [
      "pod-spec",
      {
        ...config("Job"),
        podSpec: {
          restartPolicy: "Always",
          containers: [{ name: "sidecar", image: "y:$SONOBUOY_K8S_VERSION" }],
          volumes: [{ name: "results", hostPath: { path: "/" } }],
        },
        "extra-volumes": [{ name: "extra", emptyDir: {} }],
        "config-map": { "a.txt": "a" },
        spec: { name: "main", image: "x", volumeMounts: [{ name: "results", mountPath: "/wrong" }] },
      },
      "global",
    ],
    [
      "asdic",
      {
        apiVersion: "asdic/v1",
        ...config("DaemonSet"),
        permissions: { namespace: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] },
        spec: { image: "$ASDIC_IMAGE" },
      },
      "node-1",
    ],
    [
      "needs",
      {
        apiVersion: "asdic/v1",
        ...config("Job"),
        needs: ["census", { plugin: "other", required: false }],
        secrets: [
          { name: "licence", env: "LICENCE_KEY" },
          { name: "ca", file: "/etc/x/ca.pem" },
        ],
        podSpec: { containers: [{ name: "sidecar", image: "y" }], initContainers: [{ name: "first", image: "z" }] },
        spec: { image: "x", env: [{ name: "OWN", value: "1" }] },
      },
      "global",
    ],
  ];
  for (const [name, document, node] of pods)
    it(`makes the pod of ${name}`, () => assertGolden(`aggregator/pods/${name}.json`, `${JSON.stringify(build(document, node), null, 2)}\n`));

  const users: readonly [string, JsonObject, JsonObject, JsonObject][] = [
    ["root beside a plugin whose user is unknown", {}, {}, { runAsUser: 0, capabilities: { drop: ["ALL"], add: ["DAC_OVERRIDE"] } }],
    ["the container's user", { runAsUser: 1000 }, { runAsUser: 7 }, { runAsUser: 1000, capabilities: { drop: ["ALL"] } }],
    ["the pod's user and group", {}, { runAsUser: 7, runAsGroup: 8 }, { runAsUser: 7, runAsGroup: 8, capabilities: { drop: ["ALL"] } }],
    ["our image's user where only root is excluded", { runAsNonRoot: true }, {}, { runAsUser: 65_532, capabilities: { drop: ["ALL"] } }],
  ];
  for (const [what, container, pod, wanted] of users)
    it(`runs the worker as ${what}`, () => {
      const { spec } = build({ ...config("Job"), podSpec: { containers: [], securityContext: pod }, spec: { image: "x", securityContext: container } });
      const context = containerOf(spec, "sonobuoy-worker")["securityContext"];
      assert.ok(isJsonObject(context));
      for (const [key, value] of Object.entries(wanted)) assert.deepEqual(context[key], value, key);
    });

  it("is of the run's priority class, unless its file names one", () => {
    const parsed = (own: JsonObject) => {
      const found = parsePluginDefinition({ ...config("Job"), podSpec: { containers: [], ...own }, spec: { image: "x" } });
      if (!("definition" in found)) throw new Error(JSON.stringify(found.problems));
      return found.definition;
    };
    const settings = { aggregatorUrls: ["https://10.96.0.9:8080"], ca: "PEM", deadlineSeconds: 60 };
    const classOf = (own: JsonObject) =>
      buildPluginPod({ spec: { ...runSpec, priorityClass: "high" }, definition: parsed(own), node: "global", progressPort: 8099, settings }).spec[
        "priorityClassName"
      ];
    assert.deepEqual([classOf({}), classOf({ priorityClassName: "low" })], ["high", "low"]);
  });

  it("keeps the worker's token out of the plugin's containers", () => {
    const { spec } = build({ ...config("Job"), spec: { image: "x" } });
    assert.doesNotMatch(JSON.stringify(containerOf(spec, "my-plugin")), /asdic-worker-token/);
    assert.match(JSON.stringify(containerOf(spec, "sonobuoy-worker")), /asdic-worker-token/);
  });

  it("mounts the results where the plugin's own environment says", () => {
    const { spec } = build({ ...config("Job"), spec: { image: "x", env: [{ name: "RESULTS_DIR", value: "/data/out" }] } });
    for (const name of ["my-plugin", "sonobuoy-worker"])
      assert.match(JSON.stringify(containerOf(spec, name)["volumeMounts"]), /"name":"results","mountPath":"\/data\/out"/);
  });

  const settles: readonly [string | undefined, number][] = [
    [undefined, 5],
    ["30s", 30],
    ["1m30s", 90],
    ["250ms", 0.25],
    ["nonsense", 5],
  ];
  for (const [value, seconds] of settles)
    it(`settles for ${seconds} s with SONOBUOY_DONE_FILE_DELAY ${value}`, () => {
      const env = value === undefined ? [] : [{ name: "SONOBUOY_DONE_FILE_DELAY", value }];
      const { spec } = build({ ...config("Job"), spec: { image: "x", env } });
      assert.match(JSON.stringify(containerOf(spec, "sonobuoy-worker")["env"]), new RegExp(`settleSeconds\\\\":${seconds}[,}]`));
    });
});
