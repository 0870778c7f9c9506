import type { Cluster } from "../../core/cluster/cluster.ts";
import type { PodView } from "../../core/kubernetes/pod-view.ts";
import { parsePodView } from "../../core/kubernetes/pod-view.ts";

/** Pods as they change. Everything ends with the signal that it was made with. */
export type PodWatch = {
  /** The pod's last known state. */
  readonly last: (name: string) => PodView | undefined;
  /** What `find` gives, as soon as it gives something; rejects with WaitEnded after `seconds`, or when the pod is deleted. */
  readonly until: <T>(name: string, find: (pod: PodView) => T | undefined, seconds: number) => Promise<T>;
};

/** Why waiting was in vain, in a sentence without the pod's name. */
export class WaitEnded extends Error {
  override readonly name = "WaitEnded";
}

/** Starts to watch the pods that a selector names. */
export function watchPods(
  cluster: Pick<Cluster, "watch">,
  query: { readonly namespace: string; readonly labelSelector: string },
  signal: AbortSignal,
): PodWatch {
  const pods = new Map<string, PodView>();
  const endings = new Map<string, Change>();
  const waiters = new Set<Waiter>();
  let broken: Change | undefined;
  const tellAll = (change: Change): void => {
    if (change.kind === "broken") broken = change;
    else pods.set(change.pod.name, change.pod);
    if (change.kind === "gone") endings.set(change.pod.name, change);
    for (const waiter of waiters) waiter(change);
  };

  const follow = async (): Promise<void> => {
    for await (const event of cluster.watch({ apiVersion: "v1", kind: "Pod", ...query, signal })) {
      if (event.type === "synced") continue;
      tellAll({ kind: event.type, pod: parsePodView(event.object) });
    }
  };
  // A watch that ends by its signal ends quietly; the waiters have the same signal.
  follow().catch((error: unknown) => tellAll({ kind: "broken", error }));

  return {
    last: (name) => pods.get(name),
    until: (name, find, seconds) =>
      new Promise((resolve, reject) => {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
        const settle = (conclude: () => void): void => {
          waiters.delete(waiter);
          limit.removeEventListener("abort", giveUp);
          conclude();
        };
        const giveUp = (): void => settle(() => reject(signal.aborted ? signal.reason : new WaitEnded(`waited ${seconds} s`)));
        const check = (pod: PodView | undefined): void => {
          const found = pod === undefined ? undefined : find(pod);
          if (found !== undefined) settle(() => resolve(found));
        };
        const waiter: Waiter = (change) => {
          if (change.kind === "broken") settle(() => reject(change.error));
          else if (change.pod.name !== name) return;
          else if (change.kind === "gone") settle(() => reject(new WaitEnded("it was deleted meanwhile")));
          else check(change.pod);
        };
        waiters.add(waiter);
        limit.addEventListener("abort", giveUp);
        const over = broken ?? endings.get(name);
        if (limit.aborted) giveUp();
        else if (over !== undefined) waiter(over);
        else check(pods.get(name));
      }),
  };
}

type Change = { readonly kind: "set" | "gone"; readonly pod: PodView } | { readonly kind: "broken"; readonly error: unknown };
type Waiter = (change: Change) => void;
