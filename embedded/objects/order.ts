import type { Json } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";

/** By code unit, as Go and etcd sort. */
export const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** What is in a map, by its keys, as Go writes maps. */
export const sortedEntries = <Value = Json>(map: { readonly [key: string]: Value }): readonly (readonly [string, Value])[] =>
  Object.entries(map).toSorted(([left], [right]) => compareTexts(left, right));

/** The oldest object first. */
export const byAge = (left: KubernetesObject, right: KubernetesObject): number =>
  compareTexts(left.metadata.creationTimestamp ?? "", right.metadata.creationTimestamp ?? "");
