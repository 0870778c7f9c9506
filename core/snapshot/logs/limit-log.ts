import type { Budget } from "../budget.ts";
import { readingFailure } from "../requests/request-failure.ts";

/** A log as it goes into the tarball; once it has been read, `missing` says why its end is not there, if it isn't. */
export type LimitedLog = { readonly text: AsyncIterable<Buffer>; readonly missing: () => string | undefined };

/**
 * Passes a log through, at most `limit` bytes of it and what `budget` has, and then a last line that says so. One that breaks off in the middle is kept as far
 * as it came, and says so in the same way.
 */
export function limitLog(body: AsyncIterable<Buffer>, limit: number, budget: Budget): LimitedLog {
  let missing: string | undefined;
  let bytes = 0;
  let last = newline;
  async function* pass(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of body) {
        const kept = chunk.subarray(0, Math.min(limit - bytes, budget.left()));
        budget.take(kept.length);
        bytes += kept.length;
        last = kept.at(-1) ?? last;
        if (kept.length > 0) yield kept;
        if (kept.length === chunk.length) continue;
        missing = bytes === limit ? `the limit of ${limit} bytes a log` : "the limit of all logs' size";
        break;
      }
    } catch (error) {
      if (bytes === 0) throw error;
      missing = "the connection broke off";
      yield endLine(last, `this log broke off here: ${readingFailure(error).message}`);
      return;
    }
    if (missing !== undefined) yield endLine(last, `this log goes on, and was cut here after ${bytes} bytes`);
  }
  return { text: pass(), missing: () => missing };
}

const newline = 0x0a;

const endLine = (last: number, words: string): Buffer => Buffer.from(`${last === newline ? "" : "\n"}[asdic: ${words}]\n`);
