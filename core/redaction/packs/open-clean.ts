import type { Duplex } from "node:stream";
import { pipeline, Readable } from "node:stream";
import { createGunzip, createGzip } from "node:zlib";
import type { Redactor } from "../redactor.ts";
import type { Tally } from "../tally.ts";
import { createLineStream } from "../text/line-stream.ts";
import { createTextStream } from "../text/text-stream.ts";
import { copyPieces } from "./copy-pieces.ts";
import type { Stages } from "./judge-large.ts";

/** A large file's pieces as a stream without secrets, read in these stages; it fails with what its source or a stage fails with. */
export function openClean(
  redactor: Redactor,
  { pieces, stages }: { readonly pieces: AsyncIterable<Buffer>; readonly stages: Stages },
  tally: Tally,
): AsyncIterable<Buffer> {
  const text = stages.text === "lines" ? createLineStream(redactor, tally) : createTextStream(redactor, tally);
  const streams: readonly Duplex[] = stages.isGzip ? [createGunzip({ chunkSize: 64 * 1024 }), text, createGzip()] : [text];
  const last = streams.at(-1) ?? text;
  // What fails in it is told by the last one.
  pipeline([Readable.from(copyPieces(pieces), { objectMode: false }), ...streams], () => undefined);
  return last;
}
