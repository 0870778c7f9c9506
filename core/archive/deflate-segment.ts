import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { constants, createDeflateRaw, deflateRaw } from "node:zlib";

const options = { finishFlush: constants.Z_FULL_FLUSH, chunkSize: 64 * 1024 };
const deflate = promisify(deflateRaw);

/**
 * A segment: raw deflate that ends at a byte, has no last block, and needs nothing of what stands before it, so that segments one behind the other are a
 * deflate stream, and each of them can be read alone. Compressed outside of the event loop.
 */
export const deflateSegment = (content: Buffer, level: number): Promise<Buffer> => deflate(content, { ...options, level });

/** The same of a content that is too large for memory; each piece is taken from `content` and given to `append` while the next is awaited. */
export const deflateStream = (content: AsyncIterable<Buffer>, append: (packed: Buffer) => Promise<void>): Promise<void> =>
  pipeline(
    Readable.from(content, { objectMode: false, highWaterMark: options.chunkSize }),
    createDeflateRaw(options),
    async (packed: AsyncIterable<Buffer>) => {
      for await (const piece of packed) await append(piece);
    },
  );
