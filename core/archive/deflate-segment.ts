import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { constants, createDeflateRaw, deflateRaw, deflateRawSync } from "node:zlib";

const options = { finishFlush: constants.Z_FULL_FLUSH, chunkSize: 64 * 1024 };
const deflate = promisify(deflateRaw);

/**
 * A segment: raw deflate that ends at a byte, has no last block, and needs nothing of what stands before it, so that segments one behind the other are a
 * deflate stream, and each of them can be read alone. Compressed outside of the event loop.
 */
export const deflateSegment = (content: Buffer, level: number): Promise<Buffer> => deflate(content, { ...options, level });

/** The same at once and in the least memory: half of what threads and pieces take. For a process in which nobody waits meanwhile. */
export const deflateSegmentSync = (content: Buffer, level: number): Buffer =>
  deflateRawSync(content, { ...options, ...(content.length <= 1024 ? littleState : {}), level, chunkSize: content.length + mostGrowth });

/** For what is as short as a header a window is enough that takes a twentieth of the memory, which the garbage collector counts. */
const littleState = { windowBits: 10, memLevel: 5 };

/** What can't be compressed becomes larger by less. */
export const mostGrowth = 1024;

/** The same of a content that is too large for memory; each piece is taken from `content` and given to `append` while the next is awaited. */
export const deflateStream = (content: AsyncIterable<Buffer>, append: (packed: Buffer) => Promise<void>): Promise<void> =>
  pipeline(
    Readable.from(content, { objectMode: false, highWaterMark: options.chunkSize }),
    createDeflateRaw(options),
    async (packed: AsyncIterable<Buffer>) => {
      for await (const piece of packed) await append(piece);
    },
  );

/** Smaller entries lose too much by standing alone: they share a segment. */
export const aloneFrom = 200 * 1000;
