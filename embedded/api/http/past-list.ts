import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../resource-type.ts";
import type { Store } from "../store/store.ts";
import { isOfType } from "../registry/select-event.ts";
import { pathOf } from "../store/store.ts";
import { compareTexts } from "../../objects/order.ts";

export type PastList = { readonly type: ResourceType; readonly namespace: string; readonly revision: number };

/** All objects of a type as they were at a revision, in the order of their paths; undefined when the changes since then are compacted away. */
export function readPastList(store: Store, { type, namespace, revision }: PastList): readonly KubernetesObject[] | undefined {
  const events = store.since(revision);
  if (events === undefined) return undefined;
  const touched = events.filter(({ key }) => isOfType(key, type));
  const now = store.list(type, namespace);
  if (touched.length === 0) return now;
  const objects = new Map(now.map((object) => [pathOf(object.metadata), object]));
  for (const { type: change, object, old, key } of touched.toReversed()) {
    if (namespace !== "" && key.namespace !== namespace) continue;
    if (change === "ADDED") objects.delete(pathOf(object.metadata));
    else if (old === undefined) return undefined;
    else objects.set(pathOf(old.metadata), old);
  }
  return [...objects].toSorted(([left], [right]) => compareTexts(left, right)).map(([, object]) => object);
}
