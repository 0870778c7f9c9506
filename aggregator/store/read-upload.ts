import { Readable } from "node:stream";
import { readArchive } from "../../core/archive/read-archive.ts";
import { readPacked, unpackSegments } from "../../core/archive/read-packed.ts";
import type { PackedSegment } from "../../core/archive/unpack-segment.ts";
import type { AcceptedUpload } from "../state/accepted-upload.ts";
import { createDistinctNames } from "./distinct-names.ts";
import { openUpload } from "./open-upload.ts";

/**
 * A file of an upload: `size` in bytes; `body` is to be read before the next is asked for, or, where there are any, `segments` in its place, which were
 * checked when they came in.
 */
type UploadedFile = { readonly name: string; readonly size: number; readonly body: Readable; readonly segments?: AsyncIterable<PackedSegment> };

/** The same as `readUpload`, with names that can all lie in one folder. */
export async function* readDistinctFiles(upload: AcceptedUpload, spoolFolder: string): AsyncGenerator<UploadedFile> {
  const distinct = createDistinctNames();
  for await (const { name, ...file } of readUpload(upload, spoolFolder)) yield { name: distinct(name), ...file };
}

/** The files of an accepted upload, one after the other: those of its archive or pack, or itself. */
export async function* readUpload(upload: AcceptedUpload, spoolFolder: string): AsyncGenerator<UploadedFile> {
  const body = openUpload(upload, spoolFolder);
  if (upload.shape === "file") yield { name: upload.name, size: upload.size, body };
  else if (upload.shape === "packed") yield* readPackedFiles(body, upload.name);
  // It was checked against the run's limits when it came in.
  else yield* readArchive(body, { maxEntries: Infinity, maxEntryBytes: Infinity, maxTotalBytes: Infinity, links: "skip" });
}

async function* readPackedFiles(body: Readable, onlyName: string): AsyncGenerator<UploadedFile> {
  for await (const { name, size, content } of readPacked(body)) {
    const file = { name: name === "" ? onlyName : name, size };
    if (!Buffer.isBuffer(content)) yield { ...file, body: Readable.from(unpackSegments(content), { objectMode: false }), segments: content };
    else yield { ...file, body: Readable.from(size === 0 ? [] : [content], { objectMode: false }) };
  }
}
