import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { connectInCluster } from "../core/cluster/in-cluster.ts";
import { isKnownError } from "../core/contract/known-error.ts";
import { objectNames, podPaths } from "../core/contract/names.ts";
import { parsePodView } from "../core/kubernetes/pod-view.ts";
import { openJournal } from "./ingest/journal.ts";
import { errorText } from "./error-text.ts";
import { keepSpooled } from "./keep-spooled.ts";
import { holdLease } from "./lease/hold-lease.ts";
import { createLog } from "./log.ts";
import { readRun } from "./read-run.ts";
import { prepareRedaction } from "./redaction/run-redaction.ts";
import { run } from "./run.ts";

/** The aggregator's process: what its pod gives it, and how it ends. */
const folders = { work: podPaths.work, spool: join(podPaths.work, "spool"), tree: join(podPaths.work, "tree") };
const logFile = join(podPaths.work, "run.log");
await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true })));
const log = createLog(logFile, (line) => process.stdout.write(line));
const terminated = new AbortController();
const life = new AbortController();
for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => terminated.abort(new Error(`stopped by ${name}`)));

try {
  const { POD_NAME = "", POD_NAMESPACE = "", POD_IPS = "" } = process.env;
  const [cluster, what] = await Promise.all([connectInCluster(), readRun()]);
  log.info("aggregator started", { run: what.spec.runId, version: what.spec.toolVersion, plugins: what.spec.plugins.join(",") });
  const ref = { apiVersion: "coordination.k8s.io/v1", kind: "Lease", namespace: what.spec.namespace, name: objectNames.lease };
  const acquiring = AbortSignal.any([life.signal, terminated.signal]);
  // A container's first process never hears of a signal that came before it listened, but its pod's object tells of the deletion that sent it.
  const own = await cluster.find({ apiVersion: "v1", kind: "Pod", namespace: POD_NAMESPACE, name: POD_NAME }, acquiring).catch(() => undefined);
  if (own?.metadata.deletionTimestamp !== undefined) terminated.abort(new Error("its pod is being deleted"));
  const lease = await holdLease({ cluster, ref, holder: POD_NAME, log, signal: life.signal, acquiring });
  // Another may be at work by now: whatever this one still did would be one time too often.
  lease.lost.addEventListener("abort", () => {
    log.warn("the lease is lost, so this aggregator ends at once", { error: errorText(lease.lost.reason) });
    process.exit(1);
  });
  // On a volume another may have written to it until it lost the lease.
  const journal = await openJournal(join(podPaths.work, "journal.ndjson"));
  const { past, missing } = await keepSpooled(journal.past, folders.spool);
  for (const { plugin, node } of missing) log.warn("an accepted result is not whole on disk, and is gathered again", { plugin, node });
  await run({
    ...what,
    cluster,
    journal: { ...journal, past },
    folders,
    log,
    logFile,
    lease,
    redaction: await prepareRedaction(cluster, what.spec, life.signal),
    terminated: terminated.signal,
    signal: life.signal,
    pod: {
      name: POD_NAME,
      namespace: POD_NAMESPACE,
      ips: POD_IPS.split(",").filter(Boolean),
      nodeName: own === undefined ? undefined : parsePodView(own).nodeName,
    },
  });
  life.abort(terminated.signal.reason);
  await lease.release();
} catch (error) {
  if (!terminated.signal.aborted) {
    log.warn("the run failed", {
      error: isKnownError(error)
        ? [error.message, error.hint].filter(Boolean).join(" ")
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error),
    });
    process.exitCode = 1;
  }
}
process.exit();
