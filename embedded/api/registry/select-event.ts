import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { ObjectKey, StoreEvent } from "../store/store.ts";
import type { ResourceType } from "../resource-type.ts";

/** What a watch tells of a change. */
export type WatchEvent = { readonly type: "ADDED" | "MODIFIED" | "DELETED"; readonly object: KubernetesObject };

/** A change as a watch with a selection sees it: what comes into the selection is ADDED, what leaves it DELETED; undefined if it never was in it. */
export function selectEvent({ type, object, old, revision }: StoreEvent, isChosen: (object: KubernetesObject) => boolean): WatchEvent | undefined {
  if (type === "DELETED") return isChosen(old ?? object) ? { type, object } : undefined;
  const was = type === "MODIFIED" && isChosen(old ?? object);
  if (isChosen(object)) return { type: was ? "MODIFIED" : "ADDED", object };
  if (!was || old === undefined) return undefined;
  return { type: "DELETED", object: { ...old, metadata: { ...old.metadata, resourceVersion: String(revision) } } };
}

/** Whether a key is one of a type, in whatever version. */
export const isOfType = ({ type }: ObjectKey, { group, plural }: ResourceType): boolean => type.group === group && type.plural === plural;
