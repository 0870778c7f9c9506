import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { readPieces } from "./read-pieces.ts";
import type { FileToPack } from "./write-packed.ts";
import { writePacked } from "./write-packed.ts";

/**
 * A packed result of one open file without a name, of which the first `size` bytes are read as they are taken; `onMissing` is told if there are fewer by
 * then, which zeros stand for. The handle is closed with the stream.
 */
export function packFile(handle: FileHandle, size: number, onMissing: (why: string) => void): Readable {
  const body = Readable.from(writePacked(single({ name: "", size, pieces: readPieces(handle, size, onMissing) })), { objectMode: false });
  // Also of a stream that nobody began to read.
  body.once("close", () => void handle.close());
  return body;
}

async function* single(file: FileToPack): AsyncGenerator<FileToPack> {
  yield file;
}
