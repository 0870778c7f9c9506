import { pipeline } from "node:stream";
import type { Redactor } from "../redaction/redactor.ts";
import type { Tally } from "../redaction/tally.ts";
import { createLineStream } from "../redaction/text/line-stream.ts";
import { createTextStream } from "../redaction/text/text-stream.ts";

/**
 * A log without its secrets, as it comes; lines of JSON are read by their structure. Errors of the log pass; where a rule fails, what follows is left out, and a
 * last line and the tally say so.
 */
export async function* redactLog(redactor: Redactor, log: AsyncIterable<Buffer>, tally: Tally): AsyncGenerator<Buffer> {
  const chunks = log[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return;
  const source: { failure?: { readonly error: unknown } } = {};
  async function* whole(): AsyncGenerator<Buffer> {
    try {
      yield first.value;
      yield* { [Symbol.asyncIterator]: () => chunks };
    } catch (error) {
      source.failure = { error };
      throw error;
    }
  }
  const clean = first.value[0] === openBrace ? createLineStream(redactor, tally) : createTextStream(redactor, tally);
  try {
    // Whoever reads `clean` learns of every error.
    yield* pipeline(whole, clean, () => undefined);
  } catch {
    if (source.failure) throw source.failure.error;
    tally.dropped.push("a rule failed on it");
    yield Buffer.from("\n[asdic: the rest of this log was left out, because a rule failed on it]\n");
  }
}

const openBrace = "{".charCodeAt(0);
