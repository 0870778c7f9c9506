import type { ResourceType } from "../resource-type.ts";
import type { Store, StoreEvent } from "../store/store.ts";
import type { Selection } from "./api.ts";
import { createSelect } from "./select.ts";
import { isOfType, selectEvent } from "./select-event.ts";

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
    const seen = isOfType(event.key, type) ? selectEvent(event, select) : undefined;
    if (seen === undefined) return;
    if (later === undefined) onEvent({ ...event, ...seen });
    else later.push({ ...event, ...seen });
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
