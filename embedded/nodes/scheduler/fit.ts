import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import { objectsAt } from "../../objects/object-fields.ts";
import type { Filter, Misfit, Surroundings } from "./filter.ts";
import { finalMisfit } from "./filter.ts";
import { filterAffinity, filterTaints, filterUnschedulable } from "./filters/node.ts";
import { filterPodAffinity } from "./filters/pod-affinity.ts";
import { filterPorts, filterResources } from "./filters/resources.ts";
import type { NodeState } from "./node-state.ts";

/** Why a pod can't go to a node, by the first rule that says so, in the order of kube-scheduler's default profile. */
export function findMisfit(pod: KubernetesObject, state: NodeState, around: Surroundings): Misfit | undefined {
  for (const filter of filters) {
    const found = filter(pod, state, around);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The misfit of each node; a pod that names its nodes by required matchFields is not even compared with the others. */
export function findMisfits(pod: KubernetesObject, around: Surroundings): ReadonlyMap<string, Misfit | undefined> {
  const named = namedNodes(pod);
  return new Map(
    [...around.nodes.values()].map((state) => [
      state.name,
      named === undefined || named.has(state.name) ? findMisfit(pod, state, around) : finalMisfit("node(s) didn't satisfy plugin(s) [NodeAffinity]"),
    ]),
  );
}

const filters: readonly Filter[] = [filterUnschedulable, filterTaints, filterAffinity, filterPorts, filterResources, filterPodAffinity];

/** The nodes that required affinity names, if each of its terms does. Source: kube-scheduler, plugins/nodeaffinity (PreFilter). */
function namedNodes(pod: KubernetesObject): ReadonlySet<string> | undefined {
  const terms = objectsAt(field(pod, "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"));
  const names = terms.map((term) => {
    const sets = objectsAt(term["matchFields"])
      .filter(({ key, operator }) => key === "metadata.name" && operator === "In")
      .map(({ values }) => new Set(list(values).map(text)));
    return sets.length === 0 ? undefined : sets.reduce((left, right) => new Set([...left].filter((name) => right.has(name))));
  });
  if (names.length === 0 || names.includes(undefined)) return undefined;
  return new Set(names.flatMap((set) => [...(set ?? [])]));
}
