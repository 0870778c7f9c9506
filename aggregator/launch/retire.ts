import type { Cluster } from "../../core/cluster/cluster.ts";
import { readPodLogs } from "../../core/snapshot/read-pod-logs.ts";
import type { Log } from "../log.ts";
import type { SeenPod } from "../watch/pod-watch.ts";
import type { Launched } from "./launch.ts";
import { errorText } from "../error-text.ts";

/** A plugin whose result has come has nothing to say any more; many of them sleep for ever and ignore SIGTERM. */
const graceSeconds = 1;

/** Keeps the logs of a result's pod and then, unless the plugin asked to keep it, removes pod or Job. Never throws. */
export async function retire(
  cluster: Cluster,
  input: {
    readonly namespace: string;
    readonly pod: SeenPod | undefined;
    readonly launched: Launched | undefined;
    readonly keep: boolean;
    readonly folder: string;
    readonly log: Log;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { namespace, pod, launched, keep, folder, log, signal } = input;
  try {
    if (pod && !pod.gone) {
      const containers = [...pod.view.initContainers, ...pod.view.containers].filter(({ state }) => state !== "waiting").map(({ name }) => name);
      for (const problem of await readPodLogs(cluster, { namespace, pod: pod.view.name, containers, folder, signal }))
        log.warn("log not read", { pod: pod.view.name, problem });
    }
    if (keep || !launched) return;
    // A Job's pods go by themselves after it, but with the grace that their own spec gives.
    if (pod && !pod.gone)
      await cluster.delete({ apiVersion: "v1", kind: "Pod", namespace, name: pod.view.name }, { gracePeriodSeconds: graceSeconds, uid: pod.view.uid, signal });
    const apiVersion = launched.kind === "Job" ? "batch/v1" : "v1";
    await cluster.delete(
      { apiVersion, kind: launched.kind, namespace, name: launched.name },
      { propagation: "Background", gracePeriodSeconds: graceSeconds, uid: launched.uid, signal },
    );
  } catch (error) {
    log.warn("pod not removed", { pod: launched?.name, error: errorText(error) });
  }
}
