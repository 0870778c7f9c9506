import { fork } from "node:child_process";
import { once } from "node:events";
import { extname, join } from "node:path";
import type { ArchivePart } from "../../core/archive/open-indexed.ts";
import type { Verification } from "../../core/redaction/verify-archive.ts";
import type { SearchAnswer, SearchInput } from "./search-process.ts";

/** The second search of an archive for secrets, in a process of its own while the archive is still being written. */
export type SearchAside = {
  add(part: ArchivePart): void;
  /** What was found in all parts, once they have been searched; throws what has failed in there, or the signal's reason. */
  end(): Promise<Verification>;
  /** Ends the process, whatever it does. */
  close(): Promise<void>;
};

/** Starts the process; it must be closed. */
export function searchAside(input: SearchInput, signal: AbortSignal): SearchAside {
  const child = fork(program, { serialization: "advanced", execArgv: frugal, env: frugalHeap, stdio: "ignore" });
  const whole = Promise.withResolvers<Verification>();
  const found: Verification[] = [];
  let [asked, isEnded] = [0, false];
  const send = (message: SearchInput | ArchivePart): void => {
    // What can't be sent is told by the end of the process.
    if (child.connected) child.send(message, () => undefined);
  };
  const settle = (): void => {
    if (isEnded && found.length === asked) whole.resolve(addUp(found));
  };
  const giveUp = (): void => whole.reject(signal.reason);
  child.on("message", (answer: SearchAnswer) => {
    if ("failure" in answer) return whole.reject(answer.failure);
    found.push(answer.found);
    settle();
  });
  const ended = once(child, "exit");
  ended.then(([code, by]) => whole.reject(new Error(`The search for secrets ended early, with ${String(code ?? by)}.`)), whole.reject);
  signal.addEventListener("abort", giveUp);
  // Until the end nobody listens.
  whole.promise.catch(() => undefined);
  send(input);
  return {
    add: (part) => {
      asked++;
      send(part);
    },
    end: () => {
      isEnded = true;
      settle();
      return whole.promise;
    },
    close: async () => {
      signal.removeEventListener("abort", giveUp);
      child.kill("SIGKILL");
      await ended.catch(() => undefined);
    },
  };
}

/** A bundle lies one folder below dist/, and this file beside the program's. */
const program =
  extname(import.meta.filename) === ".ts" ? join(import.meta.dirname, "search-process.ts") : join(import.meta.dirname, "../cli/snapshot/search-process.js");

/** What is searched is soon forgotten, so that little memory serves as well as much: a third less, and with the snapshot's own below 200 MB. */
const frugal = ["--max-semi-space-size=1", "--heap-growing-percent=20", "--optimize-for-size"];
/** glibc gives back what is freed by these; nothing else of the environment is for the search. */
const frugalHeap = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "524288", MALLOC_TRIM_THRESHOLD_: "65536" };

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
