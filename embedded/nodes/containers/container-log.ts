import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Clock } from "../../clock.ts";

/** Longer lines are split, as containerd does. */
const longestLine = 16_384;

/** Writes what comes out of two streams into a file in CRI's format; resolves when both have ended and all of it is written. */
export async function writeContainerLog(outputs: { readonly stdout: Readable; readonly stderr: Readable }, file: string, clock: Clock): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const log = createWriteStream(file, { flags: "a" });
  const done = finished(log);
  const stamp = createStamp(clock);
  const copy = async (name: "stdout" | "stderr"): Promise<void> => {
    let rest: Buffer = Buffer.alloc(0);
    const write = async (records: readonly Buffer[]): Promise<void> => {
      if (records.length > 0 && !log.write(Buffer.concat(records))) await Promise.race([once(log, "drain"), done]);
    };
    for await (const chunk of outputs[name]) {
      const { records, left } = splitLines(Buffer.concat([rest, chunk]), () => `${stamp()} ${name}`);
      rest = left;
      await write(records);
    }
    if (rest.length > 0) await write([formatRecord(`${stamp()} ${name}`, "P", rest)]);
  };
  // A full disk ends the log, not the container.
  done.catch(() => undefined);
  await Promise.allSettled([copy("stdout"), copy("stderr")]);
  log.end();
  await done.catch(() => undefined);
}

/** Whole lines as records, and what is left without an end. */
function splitLines(text: Buffer, head: () => string): { readonly records: readonly Buffer[]; readonly left: Buffer } {
  const records: Buffer[] = [];
  let start = 0;
  for (;;) {
    const newline = text.indexOf(10, start);
    const end = newline === -1 ? text.length : newline;
    while (end - start > longestLine) {
      records.push(formatRecord(head(), "P", text.subarray(start, start + longestLine)));
      start += longestLine;
    }
    if (newline === -1) return { records, left: text.subarray(start) };
    records.push(formatRecord(head(), "F", text.subarray(start, end)));
    start = end + 1;
  }
}

const formatRecord = (head: string, tag: "F" | "P", text: Buffer): Buffer => Buffer.concat([Buffer.from(`${head} ${tag} `), text, newline]);
const newline = Buffer.from("\n");

/** Times with nine digits, each later than the one before, as far as the clock is not turned back. */
function createStamp(clock: Clock): () => string {
  let last = 0n;
  return () => {
    const now = BigInt(clock.now().getTime()) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n);
    last = now > last || last - now > 1_000_000_000n ? now : last + 1n;
    const nanoseconds = String(last % 1_000_000_000n).padStart(9, "0");
    return `${new Date(Number(last / 1_000_000_000n) * 1000).toISOString().slice(0, 19)}.${nanoseconds}Z`;
  };
}
