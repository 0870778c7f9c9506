import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../resource-type.ts";
import type { Store } from "../store/store.ts";

export type PastList = { readonly type: ResourceType; readonly namespace: string; readonly revision: number };

/** All objects of a type as they were at a revision, in the order of their paths; undefined when the changes since then are compacted away. */
export function readPastList(store: Store, { type, namespace, revision }: PastList): readonly KubernetesObject[] | undefined {
  const events = store.since(revision);
  if (events === undefined) return undefined;
  const touched = events.filter(({ key }) => key.type.group === type.group && key.type.plural === type.plural);
  const now = store.list(type, namespace);
  if (touched.length === 0) return now;
  const objects = new Map(now.map((object) => [pathOf(object), object]));
  for (const { type: change, object, old, key } of touched.toReversed()) {
    if (namespace !== "" && key.namespace !== namespace) continue;
    if (change === "ADDED") objects.delete(pathOf(object));
    else if (old === undefined) return undefined;
    else objects.set(pathOf(old), old);
  }
  return [...objects].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}

/** Where an object stands among those of its type. */
export const pathOf = ({ metadata }: KubernetesObject): string => (metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`);
