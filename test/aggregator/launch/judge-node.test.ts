import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judgeNode } from "../../../aggregator/launch/judge-node.ts";
import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { parsePluginDefinition } from "../../../core/contract/plugin-definition.ts";
import { runSpec } from "../run-spec.ts";

const node = (labels: Record<string, string> = {}, spec: JsonObject = {}): KubernetesObject => ({
  metadata: { name: "n", labels: { "kubernetes.io/os": "linux", ...labels } },
  spec,
});
const tainted = { taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] };

const cases: readonly [string, KubernetesObject, JsonObject | undefined, Record<string, string>, string][] = [
  ["a plain node runs it", node(), undefined, {}, "run"],
  ["without a podSpec every taint is tolerated", node({}, tainted), undefined, {}, "run"],
  ["with a podSpec its own tolerations decide", node({}, tainted), {}, {}, "taint"],
  [
    "a podSpec that tolerates the taint runs",
    node({}, tainted),
    { tolerations: [{ key: "node-role.kubernetes.io/control-plane", operator: "Exists" }] },
    {},
    "run",
  ],
  ["a cordoned node runs it, as with a DaemonSet", node({}, { taints: [{ key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }] }), {}, {}, "run"],
  ["a node that is not ready is expected", node({}, { taints: [{ key: "node.kubernetes.io/unreachable", effect: "NoExecute" }] }), {}, {}, "run"],
  ["Windows is accounted for", node({ "kubernetes.io/os": "windows" }), undefined, {}, "platform"],
  ["the plugin's selector leaves nodes out", node({ disk: "hdd" }), { nodeSelector: { disk: "ssd" } }, {}, "ignore"],
  ["the run's selector leaves nodes out", node({ disk: "hdd" }), undefined, { disk: "ssd" }, "ignore"],
];

describe("judgeNode", () => {
  for (const [what, object, podSpec, nodeSelector, wanted] of cases)
    it(what, () => {
      const parsed = parsePluginDefinition({
        "sonobuoy-config": { driver: "DaemonSet", "plugin-name": "p" },
        spec: { image: "x" },
        ...(podSpec && { podSpec }),
      });
      assert.ok("definition" in parsed);
      const verdict = judgeNode(object, parsed.definition, { ...runSpec, nodeSelector });
      assert.equal(verdict.verdict === "skip" ? verdict.problem.code : verdict.verdict, wanted);
    });
});
