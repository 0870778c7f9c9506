import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../resource-type.ts";
import type { Store, StoreEvent } from "../store/store.ts";
import type { Selection } from "./api.ts";
import { createSelect } from "./select.ts";

/** Calls back for what is there and for each later change of the selection, in order, also where a call back makes such a change. Throws StatusError for selectors that can't be read. */
export function watchObjects(
  store: Store,
  { type, signal, ...selection }: Selection & { readonly type: ResourceType; readonly signal: AbortSignal },
  onEvent: (event: StoreEvent) => void,
): void {
  const select = createSelect(type, selection);
  const revision = store.revision();
  const found = store.list(type, selection.namespace).filter(select);
  let later: StoreEvent[] | undefined = [];
  store.listen((event) => {
    const seen = filterEvent(event, type, select);
    if (seen === undefined) return;
    if (later === undefined) onEvent(seen);
    else later.push(seen);
  }, signal);
  for (const object of found) {
    if (signal.aborted) return;
    const key = { type, namespace: object.metadata.namespace ?? "", name: object.metadata.name };
    onEvent({ type: "ADDED", revision, object, key });
  }
  // Those calls may have made changes, and so may these.
  for (let event = later.shift(); event !== undefined && !signal.aborted; event = later.shift()) onEvent(event);
  later = undefined;
}

/** A change as those see it who watch a selection: what enters is ADDED, what leaves DELETED in its last selected state; undefined where it does not touch the selection. */
function filterEvent(event: StoreEvent, type: ResourceType, select: (object: KubernetesObject) => boolean): StoreEvent | undefined {
  const { key, object, old } = event;
  if (key.type.group !== type.group || key.type.plural !== type.plural) return undefined;
  const was = event.type === "ADDED" || old === undefined ? event.type !== "ADDED" && select(object) : select(old);
  const is = event.type !== "DELETED" && select(object);
  if (is) return was === (event.type === "MODIFIED") ? event : { ...event, type: was ? "MODIFIED" : "ADDED" };
  if (!was) return undefined;
  if (event.type === "DELETED" || old === undefined) return { ...event, type: "DELETED" };
  return { ...event, type: "DELETED", object: { ...old, metadata: { ...old.metadata, resourceVersion: String(event.revision) } } };
}
