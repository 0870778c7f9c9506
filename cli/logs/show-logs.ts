import pLimit from "p-limit";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { nameLog, type LogPrinter } from "./log-printer.ts";
import { createLogReader, readToEnd, type LogStart } from "./log-reader.ts";
import type { ContainerLog } from "./log-source.ts";

export type ShowLogsRequest = {
  readonly logs: readonly ContainerLog[];
  readonly start: LogStart;
  /** The runs before the last restarts. */
  readonly previous: boolean;
  readonly signal: AbortSignal;
};

/** Asked for at a time; they are printed one after the other all the same. */
const openedAtOnce = 16;

/** Prints logs as they are now, one after the other; one that can't be read is said on the error output. KnownError when the person may not read them. */
export async function showLogs(cluster: Cluster, printer: LogPrinter, request: ShowLogsRequest): Promise<void> {
  const { start, previous } = request;
  const leaving = new AbortController();
  const signal = AbortSignal.any([request.signal, leaving.signal]);
  const logs = previous ? request.logs.filter(({ state }) => state.kind !== "waiting" && state.hasPrevious) : request.logs;
  if (previous && logs.length === 0) printer.say("previous", "None of these containers has been restarted, so there is no log of a run before.");
  for (const { source } of logs) printer.expect(source);
  const limit = pLimit(openedAtOnce);
  let turn: Promise<void> = Promise.resolve();

  const show = ({ source, state }: ContainerLog): Promise<void> => {
    const before = turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    turn = promise;
    return limit(async () => {
      try {
        if (state.kind === "waiting") {
          await before;
          return printer.say(source.key, `${nameLog(source)} has no log: ${state.reason}`);
        }
        const print = printer.print.bind(undefined, source);
        const reader = createLogReader(cluster, { source, start, print });
        const opened = await reader.open({ previous, follow: false, signal });
        await before;
        const end = await readToEnd(reader, { previous, signal, opened }, print);
        if (end.kind !== "ended")
          printer.say(source.key, `The log of ${nameLog(source)} can't be read${reader.count > 0 ? " to its end" : ""}: ${end.message}`);
      } finally {
        resolve();
      }
    });
  };

  const shown = logs.map(show);
  try {
    await Promise.all(shown);
  } finally {
    leaving.abort();
    await Promise.allSettled(shown);
  }
}
