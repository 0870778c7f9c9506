import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field } from "../../../core/kubernetes/field.ts";
import { isTerminated, nodeNameOf } from "../../objects/pod-state.ts";
import { addResources, parseResources, sumPodRequests } from "./pod-requests.ts";
import type { Resources } from "./pod-requests.ts";

/** A node as the scheduler sees it: what it offers and which pods take of that. */
export type NodeState = {
  readonly name: string;
  readonly node: KubernetesObject;
  readonly pods: readonly KubernetesObject[];
  readonly allocatable: Resources;
  readonly requested: Resources;
};

/** The nodes in the order of their names, each with the pods that are bound to it and have not ended. */
export function buildNodeStates(nodes: readonly KubernetesObject[], pods: readonly KubernetesObject[]): Map<string, NodeState> {
  const byNode = Map.groupBy(
    pods.filter((pod) => !isTerminated(pod)),
    nodeNameOf,
  );
  return new Map(
    nodes.map((node) => {
      const own = byNode.get(node.metadata.name) ?? [];
      const requested = own.reduce<Resources>((sum, pod) => addResources(sum, sumPodRequests(pod)), new Map());
      return [node.metadata.name, { name: node.metadata.name, node, pods: own, allocatable: parseResources(field(node, "status", "allocatable")), requested }];
    }),
  );
}

/** The node as if a pod ran there too. */
export const withPod = (state: NodeState, pod: KubernetesObject): NodeState => ({
  ...state,
  pods: [...state.pods, pod],
  requested: addResources(state.requested, sumPodRequests(pod)),
});

/** The node as if some of its pods were gone. */
export const withoutPods = (state: NodeState, gone: readonly KubernetesObject[]): NodeState => ({
  ...state,
  pods: state.pods.filter((pod) => !gone.includes(pod)),
  requested: gone.reduce((sum, pod) => addResources(sum, sumPodRequests(pod), -1n), state.requested),
});
