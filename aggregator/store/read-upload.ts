import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { readArchive } from "../../core/archive/read-archive.ts";
import type { AcceptedUpload } from "../state/accepted-upload.ts";
import { createDistinctNames } from "./distinct-names.ts";

/** A file of an upload: `size` in bytes; `body` is to be read before the next is asked for. */
type UploadedFile = { readonly name: string; readonly size: number; readonly body: Readable };

/** The same as `readUpload`, with names that can all lie in one folder. */
export async function* readDistinctFiles(upload: AcceptedUpload, spoolFolder: string): AsyncGenerator<UploadedFile> {
  const distinct = createDistinctNames();
  for await (const { name, ...file } of readUpload(upload, spoolFolder)) yield { name: distinct(name), ...file };
}

/** The files of an accepted upload, one after the other: those of its archive, or itself. */
export async function* readUpload(upload: AcceptedUpload, spoolFolder: string): AsyncGenerator<UploadedFile> {
  const body = createReadStream(join(spoolFolder, upload.file), { highWaterMark: readBytes });
  if (upload.shape === "file") {
    yield { name: upload.name, size: upload.size, body };
    return;
  }
  // It was checked against the run's limits when it came in.
  yield* readArchive(body, { maxEntries: Infinity, maxEntryBytes: Infinity, maxTotalBytes: Infinity, links: "skip" });
}

/** Bytes a read: buffers that are done with wait for the next sweep of a small heap, which comes by their number and not by their size. */
export const readBytes = 16 * 1024;
