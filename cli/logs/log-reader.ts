import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { backOff } from "../../core/cluster/back-off.ts";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import { maxLineBytes, maxStampBytes, parseLogLine, type LogLine } from "./log-line.ts";
import { createLogPosition } from "./log-position.ts";
import { readRefusal, type LogRefusal } from "./log-refusal.ts";
import type { LogSource } from "./log-source.ts";
import { createLineSplitter } from "./split-lines.ts";

/** What to read: the container's run before its last restart instead of the last one; and whether to stay until the container ends. */
export type ReadRequest = { readonly previous: boolean; readonly follow: boolean; readonly signal: AbortSignal };

export type OpenLog = { readonly kind: "open"; readonly body: Readable };

/** A connection that broke, or never came about. */
export type BrokenLog = { readonly kind: "broken"; readonly message: string };

/** How reading ended; `rest` is a last line without an end, which nobody has printed yet and which would come again with the next answer. */
export type LogEnd = ({ readonly kind: "ended" } | BrokenLog | LogRefusal) & { readonly rest?: LogLine | undefined };

/** Reads one container's log, each time from where it was. Throws only when the signal aborts, or when the person may not read logs. */
export type LogReader = {
  open(request: ReadRequest): Promise<OpenLog | BrokenLog | LogRefusal>;
  /** Prints what an answer holds. */
  drain(opened: OpenLog, signal: AbortSignal): Promise<LogEnd>;
  /** Lines read by now. */
  readonly count: number;
};

/** Of a log's first answer: only the last lines, only those of the last seconds. */
export type LogStart = { readonly tailLines?: number | undefined; readonly sinceSeconds?: number | undefined };

/** A reader before the first line; `print` is awaited, so that nothing is read that nobody takes. */
export function createLogReader(
  cluster: Cluster,
  { source, start, print }: { readonly source: LogSource; readonly start: LogStart; readonly print: (lines: readonly LogLine[]) => Promise<void> },
): LogReader {
  const position = createLogPosition();
  const begun = performance.now();
  let [isBegun, count] = [false, 0];

  const take = async (lines: readonly LogLine[]): Promise<void> => {
    const fresh = lines.filter((line) => position.take(line));
    count += fresh.length;
    if (fresh.length > 0) await print(fresh);
  };

  const open: LogReader["open"] = async ({ previous, follow, signal }) => {
    const sinceTime = position.resume();
    // What was asked for counts from the first question on, and its last lines are given once.
    const since = start.sinceSeconds === undefined ? undefined : Math.ceil(start.sinceSeconds + (performance.now() - begun) / 1000);
    const from = sinceTime !== undefined ? { sinceTime } : since !== undefined ? { sinceSeconds: String(since) } : {};
    const tail = isBegun || start.tailLines === undefined ? {} : { tailLines: String(start.tailLines) };
    const query = {
      container: source.container,
      timestamps: "true",
      ...(previous && { previous: "true" }),
      ...(follow && { follow: "true" }),
      ...from,
      ...tail,
    };
    const { namespace, pod } = source;
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`;
    try {
      const answer = await cluster.fetch({ path, query, idleSeconds, signal });
      if (answer.status !== 200) return await readRefusal(cluster, answer, { namespace, pod, signal });
      // After a cut without a line, what was said before the first answer is still not wanted.
      if (start.tailLines === 0 && !isBegun) position.startAt(new Date(answer.headers.date ?? Date.now()));
      isBegun = true;
      return { kind: "open", body: answer.body };
    } catch (error) {
      return asBroken(error, signal);
    }
  };

  const drain: LogReader["drain"] = async ({ body }, signal) => {
    const splitter = createLineSplitter(maxLineBytes + maxStampBytes);
    const rest = (): { readonly rest?: LogLine } => {
      const line = splitter.rest();
      return line === undefined ? {} : { rest: parseLogLine(line) };
    };
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) await take(splitter.push(chunk).map(parseLogLine));
      return { kind: "ended", ...rest() };
    } catch (error) {
      return { ...asBroken(error, signal), ...rest() };
    }
  };

  return {
    open,
    drain,
    get count() {
      return count;
    },
  };
}

/** A container may be silent for long; a connection that has died looks the same, and a new one costs little. */
const idleSeconds = 120;

function asBroken(error: unknown, signal: AbortSignal): BrokenLog {
  signal.throwIfAborted();
  if (!isKnownError(error) || error.code !== "cluster-unreachable") throw error;
  return { kind: "broken", message: error.message };
}

/** Reads what there is to its end, through connections that break, and prints its last line too; gives up after some tries that brought nothing. */
export async function readToEnd(
  reader: LogReader,
  request: { readonly previous: boolean; readonly signal: AbortSignal; readonly opened?: OpenLog | BrokenLog | LogRefusal },
  print: (lines: readonly LogLine[]) => Promise<void>,
): Promise<LogEnd> {
  const { previous, signal } = request;
  let { opened } = request;
  for (let failures = 0; ;) {
    const before = reader.count;
    opened ??= await reader.open({ previous, follow: false, signal });
    const end = opened.kind === "open" ? await reader.drain(opened, signal) : opened;
    opened = undefined;
    failures = reader.count > before ? 0 : failures + 1;
    const isOver = end.kind === "ended" || failures > tries || (end.kind === "refused" && !transient.includes(end.status));
    if (isOver) {
      if ("rest" in end && end.rest !== undefined) await print([end.rest]);
      return end;
    }
    await sleep(backOff(failures, firstPause), undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

const tries = 3;
const firstPause = 250;

/** The API server is busy or starting, rather than the kubelet lost (which is 500). */
const transient: readonly number[] = [429, 502, 503, 504];
