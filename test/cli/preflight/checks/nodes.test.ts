import assert from "node:assert/strict";
import { test } from "node:test";
import { nodes } from "../../../../cli/preflight/checks/nodes.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { PluginDefinition } from "../../../../core/contract/plugin-definition.ts";
import { definition, runPlan } from "../../definitions.ts";
import { checkInput } from "../check-input.ts";

type Own = {
  readonly labels?: Record<string, string>;
  readonly ready?: boolean;
  readonly cordoned?: boolean;
  readonly taint?: string;
  readonly system?: string;
};

const node = (name: string, { labels = {}, ready = true, cordoned = false, taint, system = "linux" }: Own = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name, labels: { "kubernetes.io/os": system, ...labels } },
  spec: { unschedulable: cordoned, taints: taint === undefined ? [] : [{ key: taint, effect: "NoSchedule" }] },
  status: { conditions: [{ type: "Ready", status: ready ? "True" : "Unknown" }] },
});
const each = definition({ name: "each", driver: "DaemonSet" });

const cases: readonly {
  readonly of: string;
  readonly nodes: readonly KubernetesObject[];
  readonly definitions?: readonly PluginDefinition[];
  readonly says: readonly RegExp[];
}[] = [
  { of: "a node for all", nodes: [node("a")], definitions: [definition(), each], says: [] },
  { of: "no nodes", nodes: [], says: [/^error No node can take the aggregator: there are none\./] },
  {
    of: "nodes that take no pods, each for its own reason",
    nodes: [
      node("a", { ready: false }),
      node("b", { cordoned: true }),
      node("c", { taint: "gpu" }),
      node("d", { taint: "gpu" }),
      node("e", { system: "windows" }),
    ],
    says: [/^error No node can take the aggregator: of the nodes, 1 is not ready, 1 is cordoned, 2 have the taint gpu:NoSchedule, 1 is not Linux\. /],
  },
  { of: "a plugin that tolerates what the aggregator doesn't", nodes: [node("a"), node("b", { taint: "gpu" })], definitions: [each], says: [] },
  {
    of: "a plugin for nodes that are tainted",
    nodes: [node("a"), node("b", { taint: "gpu", labels: { gpu: "yes" } })],
    definitions: [definition({ name: "each", driver: "DaemonSet", podSpec: { nodeSelector: { gpu: "yes" } } })],
    says: [/^warning No node can take each: of the nodes, 1 has not the labels asked for, 1 has the taint gpu:NoSchedule\./],
  },
  {
    of: "a plugin whose affinity chooses nothing",
    nodes: [node("a")],
    definitions: [
      definition({
        podSpec: {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: "disk", operator: "In", values: ["fast"] }] }],
              },
            },
          },
        },
      }),
    ],
    says: [/^warning No node can take plain: /],
  },
  {
    of: "a node that is not ready",
    nodes: [node("a"), node("b", { ready: false, taint: "node.kubernetes.io/not-ready" })],
    definitions: [each],
    says: [/^warning 1 of 2 nodes is not ready \(b\), so results from there will be lost\. `kubectl describe node b`/],
  },
  { of: "a node that is not ready and nobody waits for", nodes: [node("a"), node("b", { ready: false })], definitions: [definition()], says: [] },
];

for (const { of, nodes: there, definitions = [], says } of cases)
  test(`nodes: ${of}`, async () => {
    const { problems } = await nodes.run(checkInput(runPlan(definitions), { nodes: there }));
    const lines = problems.map(({ severity, sentence, fix }) => `${severity} ${sentence} ${fix}`);
    assert.equal(lines.length, says.length, lines.join("\n"));
    for (const [index, pattern] of says.entries()) assert.match(lines[index] ?? "", pattern);
  });
