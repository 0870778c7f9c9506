import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../../core/kubernetes/field.ts";
import { isSelected } from "../../../../core/kubernetes/label-selector.ts";
import { isNodeSelected } from "../../../../core/kubernetes/node-selection.ts";
import { numberAt, objectsAt, stringsAt } from "../../object-fields.ts";
import { isDeleting } from "../../pod-state.ts";
import type { Filter, Surroundings } from "../filter.ts";
import { finalMisfit, misfit } from "../filter.ts";

/**
 * topologySpreadConstraints that say DoNotSchedule, over the nodes that the pod's affinity allows.
 * Source: kube-scheduler, plugins/podtopologyspread/filtering.go.
 */
export const filterTopologySpread: Filter = (pod, { node }, around) => {
  for (const constraint of objectsAt(field(pod, "spec", "topologySpreadConstraints"))) {
    if (constraint["whenUnsatisfiable"] === "ScheduleAnyway") continue;
    const domain = stringsAt(node.metadata.labels)[text(constraint["topologyKey"])];
    if (domain === undefined) return finalMisfit("node(s) didn't match pod topology spread constraints (missing required label)");
    const counts = countByDomain(pod, constraint, around);
    const fewest = counts.size < numberAt(constraint["minDomains"], 1) ? 0 : Math.min(...counts.values());
    const self = isMeant(constraint, pod) ? 1 : 0;
    if ((counts.get(domain) ?? 0) + self - fewest > numberAt(constraint["maxSkew"], 1)) return misfit("node(s) didn't match pod topology spread constraints");
  }
  return undefined;
};

function countByDomain(pod: KubernetesObject, constraint: JsonObject, { nodes }: Surroundings): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { node, pods } of nodes.values()) {
    const domain = stringsAt(node.metadata.labels)[text(constraint["topologyKey"])];
    if (domain === undefined || !isNodeSelected(node, field(pod, "spec"))) continue;
    const meant = pods.filter((other) => other.metadata.namespace === pod.metadata.namespace && !isDeleting(other) && isMeant(constraint, other));
    counts.set(domain, (counts.get(domain) ?? 0) + meant.length);
  }
  return counts;
}

const isMeant = (constraint: JsonObject, pod: KubernetesObject): boolean =>
  constraint["labelSelector"] !== undefined && isSelected(constraint["labelSelector"], stringsAt(pod.metadata.labels));
