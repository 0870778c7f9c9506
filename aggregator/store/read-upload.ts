import { Readable } from "node:stream";
import { readArchive } from "../../core/archive/read-archive.ts";
import { readPacked, unpackSegments } from "../../core/archive/read-packed.ts";
import type { PackedSegment } from "../../core/archive/unpack-segment.ts";
import { parsePackReport } from "../../core/redaction/packs/pack-report.ts";
import type { FileTally } from "../../core/redaction/redaction-report.ts";
import type { AcceptedUpload } from "../state/accepted-upload.ts";
import { createDistinctNames } from "./distinct-names.ts";
import { openUpload } from "./open-upload.ts";

/**
 * A file of an upload: `size` in bytes; `body` is to be read before the next is asked for, or, where there are any, `segments` in its place, which were
 * checked when they came in.
 */
type UploadedFile = { readonly name: string; readonly size: number; readonly body: Readable; readonly segments?: AsyncIterable<PackedSegment> };

/** Gets what was hidden in the files, behind the last of them, as whoever packed them says. */
type OnReport = (tallies: readonly FileTally[]) => void;

/** The same as `readUpload`, with names that can all lie in one folder. */
export async function* readDistinctFiles(upload: AcceptedUpload, spoolFolder: string, onReport?: OnReport): AsyncGenerator<UploadedFile> {
  const distinct = createDistinctNames();
  for await (const { name, ...file } of readUpload(upload, spoolFolder, onReport)) yield { name: distinct(name), ...file };
}

/** The files of an accepted upload, one after the other: those of its archive or pack, or itself. */
export async function* readUpload(upload: AcceptedUpload, spoolFolder: string, onReport?: OnReport): AsyncGenerator<UploadedFile> {
  const body = openUpload(upload, spoolFolder);
  if (upload.shape === "file") yield { name: upload.name, size: upload.size, body };
  else if (upload.shape === "packed") yield* readPackedFiles(body, upload.name, onReport);
  // It was checked against the run's limits when it came in.
  else yield* readArchive(body, { maxEntries: Infinity, maxEntryBytes: Infinity, maxTotalBytes: Infinity, links: "skip" });
}

async function* readPackedFiles(body: Readable, onlyName: string, onReport?: OnReport): AsyncGenerator<UploadedFile> {
  for await (const { name, size, content } of readPacked(body, onReport && ((report) => onReport(parsePackReport(report))))) {
    const file = { name: name === "" ? onlyName : name, size };
    if (!Buffer.isBuffer(content)) yield { ...file, body: Readable.from(unpackSegments(content), { objectMode: false }), segments: content };
    else yield { ...file, body: Readable.from(size === 0 ? [] : [content], { objectMode: false }) };
  }
}
