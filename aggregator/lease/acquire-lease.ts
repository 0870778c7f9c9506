import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster, ObjectRef } from "../../core/cluster/cluster.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { annotations } from "../../core/contract/names.ts";
import type { Log } from "../log.ts";
import { buildLease, parseLease } from "./lease-object.ts";

export type Acquisition = {
  readonly cluster: Cluster;
  readonly ref: ObjectRef;
  /** The pod's name: a container that is restarted in it takes its lease again at once. */
  readonly holder: string;
  readonly log: Log;
  readonly signal: AbortSignal;
};

/** A watch would tell a little earlier that a lease was released, and needs more rights. */
const retryMilliseconds = 1000;

/**
 * Waits until the Lease is this holder's: it was free, already its own, or not renewed for as long as it holds, measured here from when it was seen,
 * so that no two clocks are compared. Returns the Lease as it was before and as it is now; throws when it is missing or may not be written.
 */
export async function acquireLease({
  cluster,
  ref,
  holder,
  log,
  signal,
}: Acquisition): Promise<{ readonly before: KubernetesObject; readonly lease: KubernetesObject; readonly asked: number }> {
  let seen: { readonly renewed: string; readonly at: number } | undefined;
  let wasSaid = false;
  for (;;) {
    signal.throwIfAborted();
    const asked = performance.now();
    try {
      const before = await cluster.get(ref, signal);
      const view = parseLease(before);
      if (seen?.renewed !== view.renewed) seen = { renewed: view.renewed, at: asked };
      if (view.holder === undefined || view.holder === holder || asked - seen.at > view.seconds * 1000) {
        const now = new Date();
        const started = view.annotations[annotations.runStarted] ?? now.toISOString();
        const lease = await cluster.replace(buildLease(before, { holder, now, annotations: { [annotations.runStarted]: started } }), signal);
        return { before, lease, asked };
      }
      if (!wasSaid) log.info("waiting: another aggregator works on this run", { holder: view.holder });
      wasSaid = true;
    } catch (error) {
      // Somebody else was faster, or the API server is away for a while; everything else a person must mend.
      if (!isKnownError(error) || (error.code !== "conflict" && error.code !== "cluster-unreachable")) throw error;
    }
    await sleep(retryMilliseconds, undefined, { signal });
  }
}
