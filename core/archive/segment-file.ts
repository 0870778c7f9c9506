import { createHash } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import type { Checked } from "./combine-crc.ts";
import { combineCrc } from "./combine-crc.ts";
import { syncFolder } from "./sync-folder.ts";

/** Where a segment is in its file, in bytes. */
export type Place = { readonly offset: number; readonly length: number };

/** A gzip of one member that grows by segments. Nothing may be called before what was called last has ended. */
export type SegmentFile = {
  /** More bytes of the segment that is being written. */
  readonly append: (packed: Buffer) => Promise<void>;
  /** Ends that segment; `content` is what it unpacks to. */
  readonly endSegment: (content: Checked) => Place;
  /** Adds `last` (at most 65,535 bytes) as a stored block, which ends the stream; syncs the file and gives it its name. SHA-256 in hex, size in bytes. */
  readonly finish: (last: Buffer) => Promise<{ readonly sha256: string; readonly size: number }>;
  readonly abandon: () => Promise<void>;
  /** Puts on disk what was appended so far; where that lies, and its size in bytes. */
  readonly settle: () => Promise<{ readonly path: string; readonly size: number }>;
};

/** Begins a gzip, written as `<path>.partial` until it is finished. */
export async function createSegmentFile(path: string): Promise<SegmentFile> {
  const partial = `${path}.partial`;
  const file = await open(partial, "w");
  const hash = createHash("sha256");
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let size = 0;
  let segmentStart = gzipHeader.length;
  let content: Checked = { size: 0, crc32: 0 };
  let isOpen = true;

  const append = async (packed: Buffer): Promise<void> => {
    hash.update(packed);
    size += packed.length;
    waiting.push(packed);
    waitingBytes += packed.length;
    if (waitingBytes >= writeBytes) await flush();
  };
  const flush = async (): Promise<void> => {
    const pieces = waiting;
    [waiting, waitingBytes] = [[], 0];
    if (pieces.length > 0) await writeAll(file, pieces);
  };
  await append(gzipHeader);
  return {
    append,
    endSegment: (added) => {
      const place = { offset: segmentStart, length: size - segmentStart };
      segmentStart = size;
      content = combineCrc(content, added);
      return place;
    },
    finish: async (last) => {
      await append(storedBlock(last));
      content = combineCrc(content, { size: last.length, crc32: crc32(last) });
      await append(gzipTrailer(content));
      await flush();
      await file.sync();
      await file.close();
      isOpen = false;
      await rename(partial, path);
      await syncFolder(dirname(path));
      return { sha256: hash.digest("hex"), size };
    },
    settle: async () => {
      await flush();
      return { path: partial, size };
    },
    abandon: async () => {
      if (isOpen) await file.close().catch(() => undefined);
      await rm(partial, { force: true });
    },
  };
}

/** Deflate, no name, no time, made on Unix. */
export const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);

/** The block's header of five bytes, then the bytes as they are. */
export function storedBlock(bytes: Buffer): Buffer {
  const header = Buffer.from([1, 0, 0, 0, 0]);
  header.writeUInt16LE(bytes.length, 1);
  header.writeUInt16LE(bytes.length ^ 0xffff, 3);
  return Buffer.concat([header, bytes]);
}

export const gzipTrailerBytes = 8;

function gzipTrailer({ size, crc32: crc }: Checked): Buffer {
  const trailer = Buffer.alloc(gzipTrailerBytes);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  return trailer;
}

/** Small segments wait for each other: a write costs more than they do. */
const writeBytes = 1024 ** 2;

async function writeAll(file: FileHandle, pieces: readonly Buffer[]): Promise<void> {
  const { bytesWritten } = await file.writev(pieces);
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  // A disk that is almost full takes a part, and says so only to who gives it the rest.
  if (bytesWritten < total) await file.appendFile(Buffer.concat(pieces).subarray(bytesWritten));
}
