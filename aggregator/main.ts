import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { connectInCluster } from "../core/cluster/in-cluster.ts";
import { isKnownError } from "../core/contract/known-error.ts";
import { podPaths } from "../core/contract/names.ts";
import { openJournal } from "./ingest/journal.ts";
import { createLog } from "./log.ts";
import { readRun } from "./read-run.ts";
import { run } from "./run.ts";

/** The aggregator's process: what its pod gives it, and how it ends. */
const folders = { work: podPaths.work, spool: join(podPaths.work, "spool"), tree: join(podPaths.work, "tree") };
const logFile = join(podPaths.work, "run.log");
await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true })));
const log = createLog(logFile, (line) => process.stdout.write(line));
const stop = new AbortController();
for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => stop.abort(new Error(`stopped by ${name}`)));

try {
  const { POD_NAME = "", POD_NAMESPACE = "", POD_IPS = "" } = process.env;
  const [cluster, journal, what] = await Promise.all([connectInCluster(), openJournal(join(podPaths.work, "journal.ndjson")), readRun()]);
  log.info("aggregator started", { run: what.spec.runId, version: what.spec.toolVersion, plugins: what.spec.plugins.join(",") });
  await run({
    ...what,
    cluster,
    journal,
    folders,
    log,
    logFile,
    signal: stop.signal,
    pod: { name: POD_NAME, namespace: POD_NAMESPACE, ips: POD_IPS.split(",").filter(Boolean) },
  });
} catch (error) {
  if (!stop.signal.aborted) {
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
