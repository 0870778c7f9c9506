import { randomBytes } from "node:crypto";
import { crc32, createInflateRaw } from "node:zlib";
import { KnownError } from "../contract/known-error.ts";
import type { Checked } from "./combine-crc.ts";
import { getItAgain, inflate } from "./inflate.ts";
import { storedBlock } from "./segment-file.ts";

/**
 * Reads segments that somebody else compressed, which may then stand in an archive: they unpack to what is said of them, and nothing before or after them
 * has a part in it. Throws KnownError "invalid-tarball", whose sentence reads on after a name, as soon as that is not so; an error of `packed` is passed on.
 */
export async function checkPacked(packed: AsyncIterable<Buffer>, content: Checked): Promise<void> {
  // A last block that nobody can foresee: it comes out at the end, and ends the stream, only if what stands before it was ended and left open.
  const mark = randomBytes(markBytes);
  let [size, crc] = [0, 0];
  let end: Buffer = Buffer.alloc(0);
  for await (const chunk of inflate(createInflateRaw({ chunkSize: 256 * 1024 }), followedBy(packed, storedBlock(mark)))) {
    size += chunk.length;
    if (size > content.size + markBytes) break;
    const bytes = Buffer.concat([end, chunk]);
    end = bytes.subarray(-markBytes);
    crc = crc32(bytes.subarray(0, -markBytes), crc);
  }
  if (size !== content.size + markBytes || !end.equals(mark) || crc !== content.crc32)
    throw new KnownError("invalid-tarball", "is not what its sender says: its size, its checksum or its end is another.", { hint: getItAgain });
}

const markBytes = 8;

async function* followedBy(packed: AsyncIterable<Buffer>, last: Buffer): AsyncGenerator<Buffer> {
  yield* packed;
  yield last;
}
