import type { FileHandle } from "node:fs/promises";
import { codeOf } from "./list-files.ts";
import { segmentBytes } from "./packed-frame.ts";

/**
 * The first `size` bytes of a file as `writePacked` wants them, in a buffer that is used again for each piece. For what a file does not have any more there
 * are zeros, and `onMissing` is told why.
 */
export async function* readPieces(handle: FileHandle, size: number, onMissing: (why: string) => void): AsyncGenerator<Buffer> {
  const space = Buffer.allocUnsafe(Math.min(segmentBytes, size));
  let isMissing = false;
  for (let at = 0; at < size; at += space.length) {
    const piece = space.subarray(0, size - at);
    const { count, why } = isMissing ? { count: 0 } : await readInto(handle, piece, at);
    if (why !== undefined) {
      isMissing = true;
      onMissing(`${why}: its last ${size - at - count} bytes are zeros`);
    }
    yield piece.fill(0, count);
  }
}

type Reading = { readonly count: number; readonly why?: string };

/** Fills a piece as far as the file goes. */
async function readInto(handle: FileHandle, piece: Buffer, at: number): Promise<Reading> {
  let count = 0;
  try {
    while (count < piece.length) {
      const { bytesRead } = await handle.read(piece, count, piece.length - count, at + count);
      if (bytesRead === 0) return { count, why: "shrank while it was read" };
      count += bytesRead;
    }
    return { count };
  } catch (error) {
    return { count, why: `could not be read to its end (${codeOf(error)})` };
  }
}
