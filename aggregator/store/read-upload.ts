import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { readArchive } from "../../core/archive/read-archive.ts";
import { readPacked, unpackSegments } from "../../core/archive/read-packed.ts";
import type { PackedSegment } from "../../core/archive/unpack-segment.ts";
import type { AcceptedUpload } from "../state/accepted-upload.ts";

/**
 * A file of an upload: `size` in bytes; `body` is to be read before the next is asked for, or, where there are any, `segments` in its place, which were
 * checked when they came in.
 */
type UploadedFile = { readonly name: string; readonly size: number; readonly body: Readable; readonly segments?: AsyncIterable<PackedSegment> };

/** The same as `readUpload`, with names that are all different: a tar may hold one twice, and both are kept, because nothing says which one was meant. */
export async function* readDistinctFiles(upload: AcceptedUpload, spoolFolder: string): AsyncGenerator<UploadedFile> {
  const taken = new Set<string>();
  for await (const { name, ...file } of readUpload(upload, spoolFolder)) {
    let free = name;
    for (let times = 2; taken.has(free); times += 1) free = `${name}~${times}`;
    taken.add(free);
    yield { name: free, ...file };
  }
}

/** The files of an accepted upload, one after the other: those of its archive or pack, or itself. */
export async function* readUpload(upload: AcceptedUpload, spoolFolder: string): AsyncGenerator<UploadedFile> {
  const body = openUpload(upload, spoolFolder);
  if (upload.shape === "file") yield { name: upload.name, size: upload.size, body };
  else if (upload.shape === "packed") yield* readPackedFiles(body, upload.name);
  // It was checked against the run's limits when it came in.
  else yield* readArchive(body, { maxEntries: Infinity, maxEntryBytes: Infinity, maxTotalBytes: Infinity, links: "skip" });
}

/** The bytes of an upload, as they came. */
function openUpload({ file, shape, size }: AcceptedUpload, spoolFolder: string): Readable {
  // Where the end is known it is not looked for with one more buffer.
  const range = size === 0 ? {} : { end: size - 1 };
  const highWaterMark = shape === "packed" ? Math.min(packedReadBytes, size) : readBytes;
  return createReadStream(join(spoolFolder, file), { ...range, highWaterMark });
}

async function* readPackedFiles(body: Readable, onlyName: string): AsyncGenerator<UploadedFile> {
  for await (const { name, size, content } of readPacked(body)) {
    const file = { name: name === "" ? onlyName : name, size };
    if (!Buffer.isBuffer(content)) yield { ...file, body: Readable.from(unpackSegments(content), { objectMode: false }), segments: content };
    else yield { ...file, body: Readable.from(size === 0 ? [] : [content], { objectMode: false }) };
  }
}

/** Bytes a read: buffers that are done with wait for the next sweep of a small heap, which comes by their number and not by their size. */
export const readBytes = 16 * 1024;

/** Most of it is only passed on to the tarball, for which small pieces are slow. */
const packedReadBytes = 256 * 1024;
