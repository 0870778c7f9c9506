import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";
import type { ArchivePart } from "../../core/archive/open-indexed.ts";
import type { Verification } from "../../core/redaction/verify-archive.ts";
import type { SearchThreadAnswer, SearchThreadInput } from "./search-thread.ts";

/** The second search of an archive for secrets, in a thread of its own while the archive is still being written. */
export type SearchAside = {
  add(part: ArchivePart): void;
  /** What was found in all parts, once they have been searched; throws what has failed in the thread, or the signal's reason. */
  end(): Promise<Verification>;
  /** Ends the thread, whatever it does. */
  close(): Promise<void>;
};

/** Starts the thread; it must be closed. */
export function searchAside(input: SearchThreadInput, signal: AbortSignal): SearchAside {
  const thread = new Worker(program, { workerData: input, resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } });
  const whole = Promise.withResolvers<Verification>();
  const found: Verification[] = [];
  let [asked, isEnded] = [0, false];
  const settle = (): void => {
    if (isEnded && found.length === asked) whole.resolve(addUp(found));
  };
  const giveUp = (): void => whole.reject(signal.reason);
  thread.on("message", (answer: SearchThreadAnswer) => {
    if ("failure" in answer) return whole.reject(answer.failure);
    found.push(answer.found);
    settle();
  });
  thread.on("error", whole.reject);
  signal.addEventListener("abort", giveUp);
  // Until the end nobody listens.
  whole.promise.catch(() => undefined);
  return {
    add: (part) => {
      asked++;
      thread.postMessage(part, []);
    },
    end: () => {
      isEnded = true;
      settle();
      return whole.promise;
    },
    close: async () => {
      signal.removeEventListener("abort", giveUp);
      await thread.terminate();
    },
  };
}

/** A bundle lies one folder below dist/, and this file beside the thread's. */
const program =
  extname(import.meta.filename) === ".ts" ? join(import.meta.dirname, "search-thread.ts") : join(import.meta.dirname, "../cli/snapshot/search-thread.js");

/** What is searched is soon forgotten, so that little memory serves as well as much. */
const youngMegabytes = 12;

function addUp(parts: readonly Verification[]): Verification {
  const sum = (read: (part: Verification) => number): number => parts.reduce((total, part) => total + read(part), 0);
  return {
    files: sum(({ files }) => files),
    bytes: sum(({ bytes }) => bytes),
    trusted: { files: sum(({ trusted }) => trusted.files), bytes: sum(({ trusted }) => trusted.bytes) },
    milliseconds: sum(({ milliseconds }) => milliseconds),
    leaks: parts.flatMap(({ leaks }) => leaks),
  };
}
