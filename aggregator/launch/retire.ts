import type { Cluster } from "../../core/cluster/cluster.ts";
import { readPodLogs } from "../../core/snapshot/read-pod-logs.ts";
import type { Log } from "../log.ts";
import type { RunRedaction } from "../redaction/run-redaction.ts";
import type { SeenPod } from "../watch/pod-watch.ts";
import type { Launched } from "./launch.ts";
import { errorText } from "../error-text.ts";

/** A plugin whose result has come has nothing to say any more; many of them sleep for ever and ignore SIGTERM. */
const graceSeconds = 1;

/** Writes the logs of a result's pod, as they are now, below `folder`. Never throws. */
export async function keepLogs(cluster: Cluster, { namespace, pod, folder, redaction: { redactor, tallies }, log, signal }: KeptLogs): Promise<void> {
  if (!pod || pod.gone) return;
  try {
    const containers = [...pod.view.initContainers, ...pod.view.containers].filter(({ state }) => state !== "waiting").map(({ name }) => name);
    const redaction = redactor && { redactor, onFile: tallies.add };
    for (const problem of await readPodLogs(cluster, { namespace, pod: pod.view.name, containers, folder, redaction, signal }))
      log.warn("log not read", { pod: pod.view.name, problem });
  } catch (error) {
    log.warn("logs not kept", { pod: pod.view.name, error: errorText(error) });
  }
}

type KeptLogs = {
  readonly namespace: string;
  readonly pod: SeenPod | undefined;
  readonly folder: string;
  readonly redaction: Pick<RunRedaction, "redactor" | "tallies">;
  readonly log: Log;
  readonly signal: AbortSignal;
};

/** Removes what was made for a result, whatever of it is still there. Never throws. */
export async function removeObjects(
  cluster: Cluster,
  {
    namespace,
    pod,
    launched,
    log,
    signal,
  }: { readonly namespace: string; readonly pod: SeenPod | undefined; readonly launched: Launched; readonly log: Log; readonly signal: AbortSignal },
): Promise<void> {
  try {
    // A Job's pods go by themselves after it, but with the grace that their own spec gives.
    if (pod && !pod.gone)
      await cluster.delete({ apiVersion: "v1", kind: "Pod", namespace, name: pod.view.name }, { gracePeriodSeconds: graceSeconds, uid: pod.view.uid, signal });
    const apiVersion = launched.kind === "Job" ? "batch/v1" : "v1";
    await cluster.delete(
      { apiVersion, kind: launched.kind, namespace, name: launched.name },
      { propagation: "Background", gracePeriodSeconds: graceSeconds, uid: launched.uid, signal },
    );
  } catch (error) {
    log.warn("pod not removed", { pod: launched.name, error: errorText(error) });
  }
}
