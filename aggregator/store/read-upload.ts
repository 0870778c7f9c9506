import type { Readable } from "node:stream";
import { readArchive } from "../../core/archive/read-archive.ts";
import type { AcceptedUpload } from "../state/accepted-upload.ts";
import { createDistinctNames } from "./distinct-names.ts";
import { openUpload } from "./open-upload.ts";

/** A file of an upload: `size` in bytes; `body` is to be read before the next is asked for, or not at all. */
type UploadedFile = { readonly name: string; readonly size: number; readonly body: Readable };

/** The same as `readUpload`, with names that can all lie in one folder. */
export async function* readDistinctFiles(upload: AcceptedUpload, spoolFolder: string): AsyncGenerator<UploadedFile> {
  const distinct = createDistinctNames();
  for await (const { name, ...file } of readUpload(upload, spoolFolder)) yield { name: distinct(name), ...file };
}

/** The files of an accepted upload, one after the other: those of its archive, or itself. */
export async function* readUpload(upload: AcceptedUpload, spoolFolder: string): AsyncGenerator<UploadedFile> {
  const body = openUpload(upload, spoolFolder);
  if (upload.shape === "file") {
    yield { name: upload.name, size: upload.size, body };
    body.destroy();
    return;
  }
  // It was checked against the run's limits when it came in.
  yield* readArchive(body, { maxEntries: Infinity, maxEntryBytes: Infinity, maxTotalBytes: Infinity, links: "skip" });
}
