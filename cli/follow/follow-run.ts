import type { Cluster, WatchEvent, WatchQuery } from "../../core/cluster/cluster.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import { objectNames } from "../../core/contract/names.ts";
import type { EventView } from "../../core/kubernetes/event-view.ts";
import { field } from "../../core/kubernetes/field.ts";
import { aggregatorSelector, readView } from "./read-view.ts";
import type { RunView } from "./run-view.ts";
import { usesVolume } from "./volume-trouble.ts";
import { watchVolumeEvents } from "./watch-volume-events.ts";

/**
 * The run in a namespace as it is and as it changes, until the signal aborts or the consumer leaves; interruptions of the API server don't
 * end it. KnownError "run-incomplete" when it is deleted meanwhile, or was when this began.
 */
export async function* followRun(
  cluster: Cluster,
  { namespace, signal }: { readonly namespace: string; readonly signal: AbortSignal },
): AsyncGenerator<RunView> {
  const leaving = new AbortController();
  const until = AbortSignal.any([signal, leaving.signal]);
  const pods = new Map<string, KubernetesObject>();
  const deployments = new Map<string, KubernetesObject>();
  const bell = createBell();
  let [synced, wasThere] = [0, false];
  let last: RunView["summary"];
  let events: readonly EventView[] | undefined;
  let isVolumeWatched = false;
  const take = async (query: WatchQuery, kept: Map<string, KubernetesObject>): Promise<void> => {
    for await (const event of cluster.watch({ ...query, namespace, signal: until })) {
      if (event.type === "synced") synced++;
      else keep(kept, event);
      bell.ring();
    }
  };
  const watchVolume = (): Promise<void> => {
    isVolumeWatched = true;
    const onEvents = (seen: readonly EventView[]): void => {
      events = seen;
      bell.ring();
    };
    return watchVolumeEvents(cluster, { namespace, signal: until, onEvents });
  };
  const watches = [
    take({ apiVersion: "v1", kind: "Pod", labelSelector: aggregatorSelector }, pods),
    take({ apiVersion: "apps/v1", kind: "Deployment", fieldSelector: `metadata.name=${objectNames.aggregator}` }, deployments),
  ].map((watch) => watch.catch((error: unknown) => bell.fail(error)));
  const needed = watches.length;
  try {
    for (;;) {
      await bell.heard();
      if (synced < needed) continue;
      const [deployment] = deployments.values();
      const isGone = deployment === undefined || deployment.metadata.deletionTimestamp !== undefined;
      if (isGone && (wasThere || pods.size === 0))
        throw new KnownError("run-incomplete", `The run in namespace ${namespace} was deleted before it was complete.`);
      wasThere = true;
      if (usesVolume(field(deployment, "spec", "template", "spec"))) {
        if (!isVolumeWatched) watches.push(watchVolume());
        // What is told of a trouble is told once, so that it waits for its reason.
        if (events === undefined) continue;
      }
      const view = readView([...pods.values()], deployment, events);
      last = view.summary ?? last;
      yield view.summary === undefined && last !== undefined ? { ...view, summary: last, isReplaced: true } : view;
    }
  } finally {
    leaving.abort();
    await Promise.all(watches);
  }
}

function keep(kept: Map<string, KubernetesObject>, event: Exclude<WatchEvent, { readonly type: "synced" }>): void {
  const { uid = event.object.metadata.name } = event.object.metadata;
  if (event.type === "gone") kept.delete(uid);
  else kept.set(uid, event.object);
}

/** Several rings before it is heard count as one; a failure is for good. */
function createBell(): { ring(): void; fail(error: unknown): void; heard(): Promise<void> } {
  let [isRung, wake] = [false, (): void => undefined];
  const failures: unknown[] = [];
  return {
    ring() {
      isRung = true;
      wake();
    },
    fail(error) {
      failures.push(error);
      wake();
    },
    async heard() {
      if (!isRung && failures.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      isRung = false;
      if (failures.length > 0) throw failures[0];
    },
  };
}
