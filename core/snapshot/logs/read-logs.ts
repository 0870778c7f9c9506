import type { LimitFunction } from "p-limit";
import type { LogOptions } from "../../contract/snapshot-options.ts";
import { tarballPaths } from "../../contract/tarball-layout.ts";
import { findDnsLabelProblems, findSubdomainProblems } from "../../kubernetes/names.ts";
import type { Budget } from "../budget.ts";
import type { Reachability } from "../kubelets/reachability.ts";
import type { Asker } from "../requests/ask.ts";
import { readingFailure } from "../requests/request-failure.ts";
import type { SnapshotRecord } from "../snapshot-record.ts";
import type { SnapshotWriter } from "../snapshot-writer.ts";
import type { LogTarget } from "./choose-logs.ts";
import { limitLog } from "./limit-log.ts";

export type LogReading = {
  readonly asker: Asker;
  readonly files: SnapshotWriter;
  readonly record: SnapshotRecord;
  /** Of all logs together. */
  readonly budget: Budget;
  readonly options: LogOptions;
  readonly reachability: Reachability;
  readonly limit: LimitFunction;
  readonly onLog: () => void;
  readonly signal: AbortSignal;
};

/** Writes logs in the order given, several at once, until there is no room any more; one that can't be read costs only itself. */
export async function readLogs(targets: readonly LogTarget[], reading: LogReading): Promise<void> {
  const named = targets.filter(({ namespace, pod, container }) => isSafe(namespace, pod, container));
  const unsafe = targets.length - named.length;
  if (unsafe > 0) reading.record.omit({ what: "logs", why: "of names that are none", count: unsafe });
  await Promise.all(named.map((target) => reading.limit(() => readTarget(target, reading))));
}

const isSafe = (namespace: string, pod: string, container: string): boolean =>
  [...findDnsLabelProblems(namespace), ...findSubdomainProblems(pod), ...findDnsLabelProblems(container)].length === 0;

async function readTarget(target: LogTarget, reading: LogReading): Promise<void> {
  const { record, reachability, budget, signal, onLog } = reading;
  const { namespace, pod, container, node, isPrevious } = target;
  signal.throwIfAborted();
  if (!reachability.isWorth(node)) return record.omit({ what: "logs", why: "their nodes' kubelets did not answer", count: 1 });
  if (budget.left() <= 0) return record.omit({ what: "logs", why: "the limit of all logs' size", count: 1 });
  const name = `${pod}/${container}${isPrevious ? " (previous)" : ""}`;
  await record.ask({ verb: "get", resource: "pods/log", namespace, name }, () =>
    readLog(target, reading).then(
      () => {
        reachability.answered(node);
        onLog();
      },
      (error: unknown) => {
        reachability.failed(node, readingFailure(error));
        throw error;
      },
    ),
  );
}

async function readLog({ namespace, pod, container, isPrevious }: LogTarget, { asker, files, record, budget, options }: LogReading): Promise<void> {
  const limit = Math.min(options.limitBytes, budget.left());
  const path = isPrevious && options.previous !== "only" ? tarballPaths.previousPodLog : tarballPaths.podLog;
  const body = await asker.stream({
    path: `/api/v1/namespaces/${namespace}/pods/${pod}/log`,
    query: buildQuery(options, { container, isPrevious, limit }),
    retries: 1,
    beginsWithin: 8000,
  });
  const log = limitLog(body, options.limitBytes, budget);
  await files.put(path(namespace, pod, container), log.text);
  const missing = log.missing();
  if (missing !== undefined) record.omit({ what: "ends of logs", why: missing, count: 1 });
}

/** One byte more than there is room for shows whether there was more. */
const buildQuery = (
  { sinceSeconds, sinceTime, timestamps, tailLines }: LogOptions,
  { container, isPrevious, limit }: { readonly container: string; readonly isPrevious: boolean; readonly limit: number },
): Readonly<Record<string, string>> => ({
  container,
  limitBytes: String(limit + 1),
  ...(isPrevious && { previous: "true" }),
  ...(sinceSeconds !== undefined && { sinceSeconds: String(sinceSeconds) }),
  ...(sinceTime !== undefined && { sinceTime }),
  ...(timestamps && { timestamps: "true" }),
  ...(tailLines !== undefined && { tailLines: String(tailLines) }),
});
