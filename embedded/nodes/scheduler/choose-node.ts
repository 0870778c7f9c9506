import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import { firstUntoleratedTaint } from "../../../core/kubernetes/taints.ts";
import { objectsAt } from "../../objects/object-fields.ts";
import { controllerOf } from "../../objects/pod-state.ts";
import type { NodeState } from "./node-state.ts";

/**
 * The node for a pod among those where it fits: the fewest taints that would rather have it elsewhere, the fewest siblings of the same owner, the least requested, then by name.
 * kube-scheduler weighs more and draws lots in the end; here the same question always has the same answer.
 */
export const chooseNode = (pod: KubernetesObject, states: readonly NodeState[]): NodeState | undefined =>
  states
    .map((state) => ({ state, costs: [countSoftTaints(pod, state), countSiblings(pod, state), loadOf(state), state.pods.length] }))
    .toSorted((left, right) => compare(left.costs, right.costs))[0]?.state;

/** PreferNoSchedule taints, judged as if they were hard. */
const countSoftTaints = (pod: KubernetesObject, { node }: NodeState): number =>
  objectsAt(field(node, "spec", "taints")).filter((taint) => {
    if (taint["effect"] !== "PreferNoSchedule") return false;
    const tolerations = objectsAt(list(field(pod, "spec", "tolerations"))).map((toleration) =>
      text(toleration["effect"]) === "PreferNoSchedule" ? { ...toleration, effect: "NoSchedule" } : toleration,
    );
    return firstUntoleratedTaint({ spec: { taints: [{ ...taint, effect: "NoSchedule" }] } }, tolerations) !== undefined;
  }).length;

function countSiblings(pod: KubernetesObject, { pods }: NodeState): number {
  const owner = controllerOf(pod)?.uid;
  return owner === undefined ? 0 : pods.filter((other) => controllerOf(other)?.uid === owner).length;
}

/** The larger share of CPU or memory that is promised away. */
const loadOf = ({ requested, allocatable }: NodeState): number =>
  Math.max(...["cpu", "memory"].map((name) => Number(requested.get(name) ?? 0n) / Math.max(Number(allocatable.get(name) ?? 0n), 1)));

const compare = (left: readonly number[], right: readonly number[]): number =>
  left.map((cost, index) => cost - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
