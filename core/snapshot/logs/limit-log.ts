import { readingFailure } from "../requests/request-failure.ts";

/** A log as it goes into the tarball: at most `limit` bytes, and then a last line that says so. `bytes` and `isCut` are right once it has been read. */
export type LimitedLog = { readonly text: AsyncIterable<Buffer>; readonly bytes: () => number; readonly isCut: () => boolean };

/** Passes a log through; one that breaks off in the middle is kept as far as it came, and says so in the same way. */
export function limitLog(body: AsyncIterable<Buffer>, limit: number): LimitedLog {
  let [bytes, isCut] = [0, false];
  let last = newline;
  async function* pass(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of body) {
        const room = limit - bytes;
        const kept = chunk.length > room ? chunk.subarray(0, room) : chunk;
        bytes += kept.length;
        last = kept.at(-1) ?? last;
        if (kept.length > 0) yield kept;
        isCut = kept !== chunk;
        if (isCut) break;
      }
    } catch (error) {
      if (bytes === 0) throw error;
      isCut = true;
      yield endLine(last, `this log broke off here: ${readingFailure(error).message}`);
      return;
    }
    if (isCut) yield endLine(last, `this log goes on, and was cut here after ${bytes} bytes`);
  }
  return { text: pass(), bytes: () => bytes, isCut: () => isCut };
}

const newline = 0x0a;

const endLine = (last: number, words: string): Buffer => Buffer.from(`${last === newline ? "" : "\n"}[asdic: ${words}]\n`);
