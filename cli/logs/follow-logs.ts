import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { isKnownError, type KnownError } from "../../core/contract/known-error.ts";
import { followRun } from "../follow/follow-run.ts";
import { followContainer } from "./follow-container.ts";
import { createLiveLogs, type LiveLog } from "./live-logs.ts";
import type { LogPrinter } from "./log-printer.ts";
import type { LogStart } from "./log-reader.ts";
import { aggregatorName, parseLogPod, podSelector, reduceLogPod, type ContainerLog, type LogSource } from "./log-source.ts";

export type FollowLogsRequest = {
  readonly namespace: string;
  readonly runId: string;
  readonly isSelected: (source: LogSource) => boolean;
  readonly start: LogStart;
  readonly signal: AbortSignal;
};

/** A connection each; more would be more than a terminal can show. */
const followedAtOnce = 200;

/** Pods that are being removed end their logs by themselves within this time of the run's end, milliseconds. */
const lingerTime = 2000;

/**
 * Prints the logs of the run's containers as they grow, of those that come later too, until the run is complete and all is printed;
 * gives all containers that were seen, wanted or not. KnownError when the person may not watch or read, and "run-incomplete" when the run is deleted meanwhile; throws the signal's reason.
 */
export async function followLogs(cluster: Cluster, printer: LogPrinter, request: FollowLogsRequest): Promise<readonly ContainerLog[]> {
  const { namespace, runId, isSelected, start } = request;
  const leaving = new AbortController();
  const signal = AbortSignal.any([request.signal, leaving.signal]);
  const [ending, closing] = [new AbortController(), new AbortController()];
  const [synced, failure] = [Promise.withResolvers<void>(), Promise.withResolvers<never>()];
  failure.promise.catch(() => undefined);
  const limit = pLimit(followedAtOnce);
  const following: Promise<void>[] = [];

  const look = (live: LiveLog): Promise<void> => lookAt(cluster, live, signal);
  const follow = (live: LiveLog): void => {
    // The aggregator waits for `retrieve` after the run, and its log does not end.
    const closes = live.source.plugin === aggregatorName ? ending.signal : closing.signal;
    const context = { cluster, printer, start, limit, look, ending: ending.signal, closing: closes, signal };
    following.push(followContainer(live, context).catch(failure.reject));
  };
  const logs = createLiveLogs({ isSelected, onNew: follow });
  const watchPods = async (): Promise<void> => {
    for await (const event of cluster.watch({ apiVersion: "v1", kind: "Pod", namespace, labelSelector: podSelector(runId), reduce: reduceLogPod, signal })) {
      if (event.type !== "synced") logs.take(event.type, parseLogPod(event.object));
      else {
        logs.sync();
        if (following.length === 0) printer.say("none", "The run has none of these logs yet. Waiting for them, until the run is complete.");
        synced.resolve();
      }
    }
  };
  const watching = watchPods().catch(failure.reject);

  try {
    const [deletion] = await Promise.race([Promise.all([untilComplete(cluster, namespace, signal), synced.promise]), failure.promise]);
    ending.abort();
    await Promise.race([Promise.all(following), sleep(lingerTime, undefined, { signal }), failure.promise]);
    closing.abort();
    await Promise.race([Promise.all(following), failure.promise]);
    if (deletion !== undefined) throw deletion;
    return logs.seen();
  } finally {
    leaving.abort();
    await Promise.allSettled([watching, ...following]);
  }
}

/** Undefined when the run is complete; the KnownError that says so when it was deleted. */
async function untilComplete(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<KnownError | undefined> {
  try {
    for await (const { summary } of followRun(cluster, { namespace, signal })) if (summary?.phase === "complete") break;
    return undefined;
  } catch (error) {
    if (isKnownError(error) && error.code === "run-incomplete") return error;
    throw error;
  }
}

/** Asks for a container's state, because a watch may be behind after a break; leaves it as it is while the API server can't be reached. */
async function lookAt(cluster: Cluster, live: LiveLog, signal: AbortSignal): Promise<void> {
  const { namespace, pod, key } = live.source;
  try {
    const object = await cluster.find({ apiVersion: "v1", kind: "Pod", namespace, name: pod }, signal);
    live.set(object && parseLogPod(object).find(({ source }) => source.key === key)?.state);
  } catch (error) {
    signal.throwIfAborted();
    // Who may watch pods but not get one still has the watch.
    if (!isKnownError(error)) throw error;
  }
}
