import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { field } from "../../core/kubernetes/field.ts";
import { isLinuxNode, isNodeReady } from "../../core/kubernetes/node-conditions.ts";
import { firstUntoleratedTaint } from "../../core/kubernetes/taints.ts";

/** On which nodes the two pods go: different ones if there are two; or why there is none. */
export type Placement =
  | { readonly kind: "two-nodes" | "one-node"; readonly server: string; readonly client: string; readonly others: readonly string[] }
  | { readonly kind: "no-node"; readonly reasons: readonly string[] };

/** The first nodes, in the order given, that take any pod: Ready, Linux, schedulable, without a taint that keeps pods off. */
export function planPlacement(nodes: readonly KubernetesObject[]): Placement {
  const reasons = nodes.map((node) => ({ name: node.metadata.name, reason: whyNot(node) }));
  const [server, client] = reasons.filter(({ reason }) => reason === undefined);
  const others = reasons.flatMap(({ name, reason }) => (reason === undefined ? [] : [`${name}: ${reason}`]));
  if (server === undefined) return { kind: "no-node", reasons: others };
  if (client === undefined) return { kind: "one-node", server: server.name, client: server.name, others };
  return { kind: "two-nodes", server: server.name, client: client.name, others };
}

function whyNot(node: KubernetesObject): string | undefined {
  if (!isLinuxNode(node)) return "is no Linux node";
  if (!isNodeReady(node)) return "is not Ready";
  if (field(node, "spec", "unschedulable") === true) return "is cordoned";
  const taint = firstUntoleratedTaint(node, []);
  return taint === undefined ? undefined : `has the taint ${taint.key}:${taint.effect}`;
}
