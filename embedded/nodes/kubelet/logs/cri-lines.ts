import { createReadStream } from "node:fs";

/** One line of a log in CRI format, or a part of one that was too long. */
export type LogLine = { readonly time: string; readonly content: Buffer; readonly isFull: boolean };

/** The lines of a log file from a position on; none if there is no file. A last line that is still being written is left out. */
export async function* readLines(path: string, start = 0): AsyncGenerator<LogLine & { readonly end: number }> {
  let rest = Buffer.alloc(0);
  let end = start;
  try {
    for await (const chunk of createReadStream(path, { start })) {
      rest = Buffer.concat([rest, chunk]);
      let from = 0;
      for (let newline = rest.indexOf(10); newline >= 0; newline = rest.indexOf(10, from)) {
        end += newline + 1 - from;
        const line = parseLine(rest.subarray(from, newline));
        from = newline + 1;
        if (line !== undefined) yield { ...line, end };
      }
      rest = rest.subarray(from);
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** "2026-11-21T14:23:12.123456789Z stdout F text"; undefined for anything else. */
function parseLine(line: Buffer): LogLine | undefined {
  const afterTime = line.indexOf(32);
  const afterStream = line.indexOf(32, afterTime + 1);
  const afterTag = line.indexOf(32, afterStream + 1);
  if (afterTime < 0 || afterStream < 0 || afterTag < 0) return undefined;
  const isFull = line.subarray(afterStream + 1, afterTag).toString() !== "P";
  return { time: line.subarray(0, afterTime).toString(), content: Buffer.from(line.subarray(afterTag + 1)), isFull };
}

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";
