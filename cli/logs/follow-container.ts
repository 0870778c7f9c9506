import { setTimeout as sleep } from "node:timers/promises";
import type { LimitFunction } from "p-limit";
import { backOff } from "../../core/cluster/back-off.ts";
import type { Cluster } from "../../core/cluster/cluster.ts";
import type { LiveLog } from "./live-logs.ts";
import type { LogLine } from "./log-line.ts";
import { nameLog, type LogPrinter } from "./log-printer.ts";
import { createLogReader, readToEnd, type LogEnd, type LogReader, type LogStart } from "./log-reader.ts";

export type FollowContext = {
  readonly cluster: Cluster;
  readonly printer: LogPrinter;
  /** Of containers that were there at the beginning. */
  readonly start: LogStart;
  /** For each answer that is open. */
  readonly limit: LimitFunction;
  /** Asks the API server for the container's state. */
  readonly look: (live: LiveLog) => Promise<void>;
  /** Aborts when there is nothing more to wait for; what is there by then is still read. */
  readonly ending: AbortSignal;
  /** Aborts then or later, and closes the answers that have not ended by themselves. */
  readonly closing: AbortSignal;
  readonly signal: AbortSignal;
};

/** Milliseconds. An answer ends before the news comes that its container has ended. */
const settleTime = 3000;
const firstPause = 500;
const longestWait = 2 ** 31 - 1;

/** Failures in a row that are said, and that end it when the run is complete. */
const mostFailures = 2;

/** Prints a container's log as it grows, over restarts and broken connections, until its pod is gone or has ended, or the run is complete. */
export async function followContainer(live: LiveLog, context: FollowContext): Promise<void> {
  const { cluster, printer, ending, signal } = context;
  const { source, isNew } = live;
  const print = printer.print.bind(undefined, source);
  const reader = createLogReader(cluster, { source, start: isNew ? {} : context.start, print });
  printer.expect(source);
  let reading: Reading | undefined;
  // A last line without an end comes again with the next answer, unless there is none.
  let rest: LogLine | undefined;
  let failures = 0;
  for (;;) {
    signal.throwIfAborted();
    const { state } = live;
    const change = live.next();
    if (state === undefined) break;
    if (state.kind === "waiting") {
      if (state.isTrouble) printer.say(`waiting ${source.key}`, `${nameLog(source)} has no log: ${state.reason}`);
      if (state.isFinal || ending.aborted) break;
      await wait(longestWait, [change, ending, signal]);
      continue;
    }
    reading ??= { run: isNew && state.hasPrevious ? state.run - 1 : state.run, isRead: false };
    if (state.run > reading.run) {
      if (!reading.isRead && state.hasPrevious && (await readPrevious(reader, { live, run: reading.run, context, print }))) rest = undefined;
      reading = { run: state.run, isRead: false };
    }
    // News may be older than what was seen already.
    if (reading.isRead || state.run < reading.run) {
      if (ending.aborted || (reading.isRead && state.isFinal)) break;
      await wait(longestWait, [change, ending, signal]);
      continue;
    }
    const before = reader.count;
    const isLast = state.kind === "over" || ending.aborted;
    const end = await readOnce(reader, { live, run: reading.run, isLast, context });
    if (end === "restarted") continue;
    const isBetter = reader.count > before || end.kind === "ended";
    if (isBetter || end.rest !== undefined) ({ rest } = end);
    failures = isBetter ? 0 : failures + 1;
    if (end.kind === "ended" && isLast) {
      reading.isRead = true;
      continue;
    }
    if (end.kind === "refused" || (end.kind === "broken" && !context.closing.aborted)) await context.look(live);
    if (failures >= mostFailures && live.state !== undefined && end.kind !== "ended") sayTrouble(printer, live, end);
    if (failures >= mostFailures && ending.aborted) break;
    if (live.state === state)
      await wait(end.kind === "ended" ? settleTime : backOff(Math.max(0, failures - 1), firstPause), [change, ...(isLast ? [] : [ending]), signal]);
  }
  if (rest !== undefined) await print([rest]);
}

/** A run of the container, counted from 0, and whether it was read to its end. */
type Reading = { readonly run: number; isRead: boolean };

async function wait(milliseconds: number, until: readonly AbortSignal[]): Promise<void> {
  await sleep(milliseconds, undefined, { signal: AbortSignal.any([...until]) }).catch(() => undefined);
}

type Step = { readonly live: LiveLog; readonly run: number; readonly isLast: boolean; readonly context: FollowContext };

/** Reads on from where it was; what follows is closed when the run is complete, and counts as broken then. */
async function readOnce(reader: LogReader, { live, run, isLast, context }: Step): Promise<LogEnd | "restarted"> {
  const { limit, printer, closing, signal } = context;
  const until = isLast ? signal : AbortSignal.any([signal, closing]);
  if (limit.activeCount >= limit.concurrency)
    printer.say(
      "too many",
      `Not more than ${limit.concurrency} logs are followed at once; the others come when some of them have ended. Choose fewer by --plugin, --node or --container.`,
    );
  return limit(async () => {
    try {
      const opened = await reader.open({ previous: false, follow: !isLast, signal: until });
      if (opened.kind !== "open") return opened;
      // An answer does not say of which run it is: look after it has come, because the news may be older than it.
      await context.look(live);
      if (live.state === undefined || live.state.kind === "waiting" || live.state.run <= run) return await reader.drain(opened, until);
      opened.body.destroy();
      return "restarted";
    } catch (error) {
      if (signal.aborted || !until.aborted) throw error;
      return { kind: "broken", message: "the run is complete" };
    }
  });
}

type Former = {
  readonly live: LiveLog;
  readonly run: number;
  readonly context: FollowContext;
  readonly print: (lines: readonly LogLine[]) => Promise<void>;
};

/** Whether what a container said before it was restarted, and nobody has read yet, could be had. */
async function readPrevious(reader: LogReader, { live, run, context, print }: Former): Promise<boolean> {
  const { limit, printer, signal } = context;
  const end = await limit(() => readToEnd(reader, { previous: true, signal }, print));
  if (end.kind === "ended") return true;
  printer.say(`previous ${live.source.key} ${run}`, `The last lines of ${nameLog(live.source)} before its restart can't be read: ${end.message}`);
  return false;
}

/** A lost connection concerns all logs, a refused one only its own. */
function sayTrouble(printer: LogPrinter, { source }: LiveLog, { kind, message }: Exclude<LogEnd, { readonly kind: "ended" }>): void {
  if (kind === "broken") printer.say(`broken ${message}`, `The logs can't be read now, and are tried again: ${message}`);
  else printer.say(`refused ${source.key}`, `The log of ${nameLog(source)} can't be read now: ${message}`);
}
