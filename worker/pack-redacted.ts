import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { RedactionAnswer } from "../core/contract/worker-wire.ts";
import type { Log } from "./log.ts";
import type { RedactJob, Sent } from "./redact-job.ts";
import { noArchiveCode } from "./redact-job.ts";

/** Packs what is to be sent, without its secrets; each time it is asked from the first byte on, and the same files give the same bytes. */
export type PackRedacted = {
  readonly pack: (sent: Sent, redaction: RedactionAnswer) => Readable;
  /** Whether a .tar.gz was found to be none that can be read. */
  readonly isRefused: () => boolean;
};

type Options = { readonly program: string; readonly folder: string; readonly log: Log };

/**
 * Packs in a process of its own, which runs only while somebody reads, because what hides secrets needs more memory and a faster engine than a worker that
 * waits. After one that was killed, or ran out of memory, the next one holds as little as can be.
 */
export function createPackRedacted({ program, folder, log }: Options): PackRedacted {
  let isCareful = false;
  let isRefused = false;
  const read = async function* (job: RedactJob): AsyncGenerator<Buffer> {
    const child = spawn(process.execPath, [...flags, program], { stdio: "pipe" });
    const ended = once(child, "close");
    // Whoever waits for the end hears of a process that could not be started.
    ended.catch(() => undefined);
    child.stdin.on("error", () => undefined).end(JSON.stringify(job));
    createInterface(child.stderr).on("line", (line) => log("warn", readLine(line)));
    try {
      yield* child.stdout as AsyncIterable<Buffer>;
      const [code, signal] = await ended;
      if (code === 0) return;
      if (code === noArchiveCode) isRefused = true;
      else isCareful ||= code !== 1;
      throw new Error(`what hides secrets in the result ended with ${signal === null ? `code ${code}` : signal}`);
    } finally {
      child.kill("SIGKILL");
    }
  };
  return {
    pack: (sent, redaction) => Readable.from(read({ sent, folder, redaction, isCareful }), { objectMode: false }),
    isRefused: () => isRefused,
  };
}

const flags = ["--max-semi-space-size=2", "--max-old-space-size=112"];

/** A line as that process writes it, or what Node itself has to say of a crash. */
function readLine(line: string): string {
  try {
    const said: unknown = JSON.parse(line);
    if (typeof said === "string") return said;
  } catch {
    // It is Node's own.
  }
  return line.slice(0, longestLine);
}

const longestLine = 500;
