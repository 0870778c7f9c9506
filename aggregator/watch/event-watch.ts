import type { Cluster } from "../../core/cluster/cluster.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import type { EventView } from "../../core/kubernetes/event-view.ts";
import { parseEventView } from "../../core/kubernetes/event-view.ts";

/** The latest events about the pods and Jobs of a namespace. */
export type EventWatch = {
  /** Of one object, oldest first; at most eight. */
  of(uid: string): readonly EventView[];
  /** Rejects when events can't be read; a run does without them then. */
  readonly watching: Promise<void>;
};

/** A kubelet repeats itself: more than the last few of an object say nothing new. */
const keptEvents = 8;

/** No message is longer than 1 KiB by Kubernetes' own rule; this is what people read of it. */
const longestMessage = 600;

/** What every pod that goes well has; that is most events of a run, so they are left at the server. */
const dull = ["Scheduled", "Pulling", "Pulled", "Created", "Started", "Killing", "SuccessfulCreate", "Completed"];

/** Follows the events about pods and Jobs until the signal aborts, and calls back with the uid of what each is about. */
export function watchEvents(
  cluster: Cluster,
  { namespace, signal, onEvent }: { readonly namespace: string; readonly signal: AbortSignal; readonly onEvent: (uid: string) => void },
): EventWatch {
  const kept = new Map<string, readonly EventView[]>();
  const follow = async (kind: string): Promise<void> => {
    const fieldSelector = [`involvedObject.kind=${kind}`, ...dull.map((reason) => `reason!=${reason}`)].join(",");
    for await (const change of cluster.watch({ apiVersion: "v1", kind: "Event", namespace, fieldSelector, reduce: reduceEvent, signal })) {
      if (change.type === "synced") continue;
      const event = parseEventView(change.object);
      const others = (kept.get(event.about.uid) ?? []).filter(({ uid }) => uid !== event.uid);
      // The server forgets events after an hour, and then so do we.
      const latest = change.type === "gone" ? others : [...others, event].toSorted(byTime).slice(-keptEvents);
      if (latest.length === 0) kept.delete(event.about.uid);
      else kept.set(event.about.uid, latest);
      if (change.type === "set") onEvent(event.about.uid);
    }
  };
  return { of: (uid) => kept.get(uid) ?? [], watching: Promise.all(["Pod", "Job"].map(follow)).then(() => undefined) };
}

const byTime = (a: EventView, b: EventView): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

/** What an EventView is made of. */
function reduceEvent(event: KubernetesObject): KubernetesObject {
  const { name, namespace, uid, resourceVersion } = event.metadata;
  const { source, at, message, ...view } = parseEventView(event);
  return {
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
    },
    involvedObject: view.about,
    type: view.type,
    reason: view.reason,
    message: message.slice(0, longestMessage).toWellFormed(),
    reportingComponent: source,
    lastTimestamp: at,
    count: view.count,
  };
}
