import type { Cluster } from "../../core/cluster/cluster.ts";
import { objectNames } from "../../core/contract/names.ts";
import type { EventView } from "../../core/kubernetes/event-view.ts";
import { parseEventView } from "../../core/kubernetes/event-view.ts";

/** So many are enough to see what is wrong now. */
const mostEvents = 50;

/**
 * Calls back with what events say of the aggregator's claim, and of volumes that can't be attached, oldest first: once all are read, and at each change
 * until the signal aborts. Never rejects: who may not read events gets none.
 */
export async function watchVolumeEvents(
  cluster: Cluster,
  { namespace, signal, onEvents }: { readonly namespace: string; readonly signal: AbortSignal; readonly onEvents: (events: readonly EventView[]) => void },
): Promise<void> {
  const events = new Map<string, EventView>();
  const tell = (): void => onEvents([...events.values()].toSorted((one, other) => one.at.localeCompare(other.at)));
  let following = 2;
  const settle = (): void => {
    if (--following <= 0) tell();
  };
  const follow = async (fieldSelector: string): Promise<void> => {
    for await (const change of cluster.watch({ apiVersion: "v1", kind: "Event", namespace, fieldSelector, signal })) {
      if (change.type === "synced") settle();
      if (change.type === "synced" || change.type === "gone") continue;
      const event = parseEventView(change.object);
      events.delete(event.uid);
      events.set(event.uid, event);
      for (const oldest of [...events.keys()].slice(0, -mostEvents)) events.delete(oldest);
      if (following <= 0) tell();
    }
  };
  await Promise.all([`involvedObject.name=${objectNames.volumeClaim}`, "reason=FailedAttachVolume"].map((selector) => follow(selector).catch(settle)));
}
