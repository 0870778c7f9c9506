import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { isSelected } from "../../../../core/kubernetes/label-selector.ts";
import { objectsAt, stringsAt } from "../../../objects/object-fields.ts";
import type { Filter, Surroundings } from "../filter.ts";
import { finalMisfit, misfit } from "../filter.ts";

/**
 * Required affinity and anti-affinity between pods, the anti-affinity of pods that run already included.
 * Source: kube-scheduler, plugins/interpodaffinity/filtering.go.
 */
export const filterPodAffinity: Filter = (pod, { node, name }, around) => {
  const domainOf = (topologyKey: unknown): string | undefined => stringsAt(node.metadata.labels)[text(topologyKey)];
  const affinity = termsOf(pod, "podAffinity");
  if (affinity.some((term) => !isAffinityMet({ pod, affinity, term, domain: domainOf(term["topologyKey"]), around }))) {
    return finalMisfit("node(s) didn't match pod affinity rules");
  }
  const isNear = (term: JsonObject, other: KubernetesObject, owner: KubernetesObject): boolean =>
    domainOf(term["topologyKey"]) !== undefined && matches({ term, owner, other, around });
  for (const term of termsOf(pod, "podAntiAffinity")) {
    const neighbours = podsOf(around, text(term["topologyKey"]), domainOf(term["topologyKey"]));
    if (neighbours.some((other) => isNear(term, other, pod))) return misfit("node(s) didn't match pod anti-affinity rules");
  }
  for (const other of around.nodes.values()) {
    for (const running of other.pods) {
      const refuses = (term: JsonObject): boolean => {
        const key = text(term["topologyKey"]);
        return (other.name === name || stringsAt(other.node.metadata.labels)[key] === domainOf(key)) && isNear(term, pod, running);
      };
      if (termsOf(running, "podAntiAffinity").some(refuses)) return misfit("node(s) didn't satisfy existing pods anti-affinity rules");
    }
  }
  return undefined;
};

const termsOf = (pod: unknown, kind: "podAffinity" | "podAntiAffinity"): readonly JsonObject[] =>
  objectsAt(field(pod, "spec", "affinity", kind, "requiredDuringSchedulingIgnoredDuringExecution"));

type Question = {
  readonly pod: KubernetesObject;
  readonly affinity: readonly JsonObject[];
  readonly term: JsonObject;
  readonly domain: string | undefined;
  readonly around: Surroundings;
};

/** The first pod of a group that wants to be together may go anywhere that has the topology key. */
function isAffinityMet({ pod, affinity, term, domain, around }: Question): boolean {
  if (domain === undefined) return false;
  const isMatch = (other: KubernetesObject): boolean => matches({ term, owner: pod, other, around });
  if (podsOf(around, text(term["topologyKey"]), domain).some(isMatch)) return true;
  const running = [...around.nodes.values()].flatMap(({ pods }) => pods);
  return (
    !running.some((other) => affinity.some((one) => matches({ term: one, owner: pod, other, around }))) &&
    affinity.every((one) => matches({ term: one, owner: pod, other: pod, around }))
  );
}

/** The pods of all nodes that have this value of a label. */
const podsOf = ({ nodes }: Surroundings, key: string, domain: string | undefined): readonly KubernetesObject[] =>
  domain === undefined ? [] : [...nodes.values()].filter(({ node }) => stringsAt(node.metadata.labels)[key] === domain).flatMap(({ pods }) => pods);

type Match = { readonly term: JsonObject; readonly owner: KubernetesObject; readonly other: KubernetesObject; readonly around: Surroundings };

/** Whether a term of `owner` means `other`. */
function matches({ term, owner, other, around }: Match): boolean {
  const namespaces = list(term["namespaces"]);
  const namespace = other.metadata.namespace ?? "";
  const byName = namespaces.length === 0 && term["namespaceSelector"] === undefined ? namespace === owner.metadata.namespace : namespaces.includes(namespace);
  const bySelector = term["namespaceSelector"] !== undefined && isSelected(term["namespaceSelector"], around.namespaceLabels(namespace));
  return (byName || bySelector) && term["labelSelector"] !== undefined && isSelected(term["labelSelector"], stringsAt(other.metadata.labels));
}
