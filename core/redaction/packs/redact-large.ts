import type { Duplex } from "node:stream";
import { pipeline, Readable } from "node:stream";
import { createGunzip, createGzip } from "node:zlib";
import type { FileToPack } from "../../archive/write-packed.ts";
import { Unreadable } from "../files/unreadable.ts";
import type { Redactor } from "../redactor.ts";
import type { Tally } from "../tally.ts";
import { addTally, createTally } from "../tally.ts";
import { createLineStream } from "../text/line-stream.ts";
import { createTextStream } from "../text/text-stream.ts";
import { copyPieces } from "./copy-pieces.ts";
import { cutPieces } from "./cut-pieces.ts";
import type { Stages } from "./judge-large.ts";
import type { PackSource } from "./redact-source.ts";

type Large = { readonly source: PackSource; readonly isKept: boolean; readonly stages: Stages };

/**
 * A file as a stream without its secrets, of which it holds a megabyte or a line of JSON, and its size then; or why it can't be read. One that `isKept` is
 * only looked at. What a file does not hold any more the second time it is read is zeros.
 */
export async function redactLarge(
  redactor: Redactor,
  { source, isKept, stages }: Large,
  tally: Tally,
): Promise<Pick<FileToPack, "size" | "pieces"> | { readonly why: string }> {
  const found = createTally();
  try {
    const size = await measure(redactor, { source, stages }, found);
    addTally(tally, found);
    if (isKept) return { size: source.size, pieces: cutPieces(source.open(), source.size) };
    return { size, pieces: cutPieces(openClean(redactor, { source, stages }, createTally()), size) };
  } catch (error) {
    // A line that is too long to be one of JSON's.
    if (error instanceof Unreadable && stages.text === "lines")
      return await redactLarge(redactor, { source, isKept, stages: { ...stages, text: "text" } }, tally);
    if (error instanceof Error && "syscall" in error) throw error;
    const isDamaged = error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
    return { why: error instanceof Unreadable ? error.message : isDamaged ? "it is a damaged archive" : "a rule failed on it" };
  }
}

type Work = Pick<Large, "source" | "stages">;

async function measure(redactor: Redactor, work: Work, tally: Tally): Promise<number> {
  let size = 0;
  for await (const chunk of openClean(redactor, work, tally)) size += chunk.length;
  return size;
}

function openClean(redactor: Redactor, { source, stages }: Work, tally: Tally): AsyncIterable<Buffer> {
  const text = stages.text === "lines" ? createLineStream(redactor, tally) : createTextStream(redactor, tally);
  const streams: readonly Duplex[] = stages.isGzip ? [createGunzip({ chunkSize: 64 * 1024 }), text, createGzip()] : [text];
  const last = streams.at(-1) ?? text;
  // What fails in it is told by the last one.
  pipeline([Readable.from(copyPieces(source.open()), { objectMode: false }), ...streams], () => undefined);
  return last;
}
