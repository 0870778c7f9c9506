import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { sweepAfter } from "../sweep.ts";
import type { AcceptedUpload } from "../state/accepted-upload.ts";

/** The bytes of an upload, as they lie in the spool. */
export function openUpload({ file, offset = 0, size, shape }: Place, spoolFolder: string): Readable {
  if (size === 0) return Readable.from([]);
  const highWaterMark = shape === "packed" ? Math.min(packedReadBytes, size) : readBytes;
  const bytes = createReadStream(join(spoolFolder, file), { start: offset, end: offset + size - 1, highWaterMark });
  return shape === "packed" ? Readable.from(sweeping(bytes), { objectMode: false, highWaterMark }) : bytes;
}

async function* sweeping(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    yield chunk;
    sweepAfter(chunk.length);
  }
}

type Place = Pick<AcceptedUpload, "file" | "offset" | "size" | "shape">;

/** Bytes a read: buffers that are done with wait for the next sweep of a small heap, which comes by their number and not by their size. */
export const readBytes = 16 * 1024;

/** Most of it is only passed on to the tarball, for which small pieces are slow. */
const packedReadBytes = 256 * 1024;
