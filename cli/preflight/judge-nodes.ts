import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { list, field } from "../../core/kubernetes/field.ts";
import { isLinuxNode } from "../../core/kubernetes/node-conditions.ts";
import { isNodeSelected } from "../../core/kubernetes/node-selection.ts";
import { parseNodeView } from "../../core/kubernetes/node-view.ts";
import { firstUntoleratedTaint } from "../../core/kubernetes/taints.ts";

/** Which nodes a pod may go to; `obstacles` says for each other one why not, e.g. "2 are cordoned". */
export type NodeJudgement = { readonly fit: readonly KubernetesObject[]; readonly obstacles: readonly string[] };

/** Judges nodes as the scheduler would judge them for a pod with this spec. */
export function judgeNodes(nodes: readonly KubernetesObject[], podSpec: unknown): NodeJudgement {
  const judged = nodes.map((node) => ({ node, obstacle: findObstacle(node, podSpec) }));
  const groups = Map.groupBy(
    judged.filter(({ obstacle }) => obstacle !== undefined),
    ({ obstacle }) => obstacle ?? "",
  );
  return {
    fit: judged.filter(({ obstacle }) => obstacle === undefined).map(({ node }) => node),
    obstacles: [...groups].map(
      ([obstacle, { length }]) => `${length} ${obstacle.replace(/^are\b/, length === 1 ? "is" : "are").replace(/^have\b/, length === 1 ? "has" : "have")}`,
    ),
  };
}

/** In words for several nodes. */
function findObstacle(node: KubernetesObject, podSpec: unknown): string | undefined {
  const { ready, cordoned } = parseNodeView(node);
  const tolerations = list(field(podSpec, "tolerations"));
  if (!isLinuxNode(node)) return "are not Linux";
  if (!isNodeSelected(node, podSpec)) return "have not the labels asked for";
  if (cordoned && firstUntoleratedTaint(cordonedNode, tolerations) !== undefined) return "are cordoned";
  if (!ready && firstUntoleratedTaint(notReadyNode, tolerations) !== undefined) return "are not ready";
  const taint = firstUntoleratedTaint(node, tolerations);
  return taint === undefined ? undefined : `have the taint ${taint.key}${taint.value === "" ? "" : `=${taint.value}`}:${taint.effect}`;
}

/** The taints that Kubernetes itself gives to such nodes, a moment later. */
const tainted = (key: string) => ({ spec: { taints: [{ key: `node.kubernetes.io/${key}`, effect: "NoSchedule" }] } });
const cordonedNode = tainted("unschedulable");
const notReadyNode = tainted("not-ready");
