import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { KnownError } from "../contract/known-error.ts";
import type { Checked } from "./combine-crc.ts";
import { storedBlock } from "./segment-file.ts";

/** A segment that somebody made, and what it is said to unpack to. */
export type PackedSegment = Checked & { readonly packed: Buffer };

/**
 * What a segment that somebody else compressed holds. Whoever has read it so may put it into an archive: it is what is said of it, and nothing before or
 * after it has a part in it. Throws KnownError "transfer-failed" as soon as that is not so; never takes more than the `size` that it is said to have.
 */
export async function unpackSegment({ packed, size, crc32: said }: PackedSegment): Promise<Buffer> {
  // A last block that nobody can foresee: it comes out at the end, and ends the stream, only if what stands before it was ended and left open.
  const mark = randomBytes(markBytes);
  const whole = await inflate(Buffer.concat([packed, storedBlock(mark)]), size + markBytes);
  const content = whole?.subarray(0, -markBytes);
  if (whole?.length !== size + markBytes || !whole.subarray(-markBytes).equals(mark) || content === undefined || crc32(content) !== said)
    throw damaged("its size, its checksum or its end is another than its sender says");
  return content;
}

/** The error for bytes that are not what they were when they were sent. */
export const damaged = (what: string): KnownError => new KnownError("transfer-failed", `The packed result is damaged: ${what}.`, { hint: "Send it again." });

const markBytes = 8;

const unpack = promisify(inflateRaw);

/** Undefined for what is no such stream, or more than so many bytes. */
async function inflate(packed: Buffer, bytes: number): Promise<Buffer | undefined> {
  try {
    // In one piece it passes fastest; the byte more keeps zlib from asking for another.
    return await unpack(packed, { chunkSize: Math.max(bytes + 1, 64), maxOutputLength: bytes });
  } catch (error) {
    if (error instanceof Error && "code" in error && /^Z_|^ERR_BUFFER_TOO_LARGE$/.test(String(error.code))) return undefined;
    throw error;
  }
}
