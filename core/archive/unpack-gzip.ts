import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { KnownError } from "../contract/known-error.ts";
import type { ArchiveLimits } from "./archive-limits.ts";
import { checkVolume } from "./archive-limits.ts";
import { getItAgain, inflate } from "./inflate.ts";

/**
 * The bytes of a tar, unpacked if its magic says gzip, within the limits' volume; `onFormat` is told which before the first byte. Throws
 * KnownError "invalid-tarball" for an empty, damaged or cut off stream; an error of `input` itself is passed on as it is.
 */
export async function* unpackGzip(input: Readable, limits: ArchiveLimits, onFormat: (format: "gzip" | "tar") => void): AsyncGenerator<Buffer> {
  const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const counted = { packed: 0 };
  try {
    const start = await takeStart(chunks);
    if (start.length === 0) throw new KnownError("invalid-tarball", "is empty.", { hint: getItAgain });
    const all = countBytes(start, chunks, counted);
    const isGzip = start[0] === 0x1f && start[1] === 0x8b;
    onFormat(isGzip ? "gzip" : "tar");
    let unpacked = 0;
    for await (const chunk of isGzip ? gunzip(all) : all) {
      unpacked += chunk.length;
      checkVolume(limits, counted.packed, unpacked);
      yield chunk;
    }
  } finally {
    await chunks.return?.();
  }
}

async function takeStart(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let start: Buffer = Buffer.alloc(0);
  while (start.length < 2) {
    const { done, value } = await chunks.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  return start;
}

async function* countBytes(start: Buffer, chunks: AsyncIterator<Buffer>, counted: { packed: number }): AsyncGenerator<Buffer> {
  for (let chunk = start; ;) {
    counted.packed += chunk.length;
    yield chunk;
    const { done, value } = await chunks.next();
    if (done) return;
    chunk = value;
  }
}

// Larger chunks than zlib's own 16 KiB unpack much faster; still larger ones fill memory before the next sweep takes them away.
const gunzip = (packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> => inflate(createGunzip({ chunkSize: 64 * 1024 }), packed);
