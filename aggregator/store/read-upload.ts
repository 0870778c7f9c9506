import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { readArchive } from "../../core/archive/read-archive.ts";
import type { AcceptedUpload } from "../state/accepted-upload.ts";

/** The files of an accepted upload, one after the other: those of its archive, or itself. */
export async function* readUpload(
  upload: AcceptedUpload,
  spoolFolder: string,
): AsyncGenerator<{ readonly name: string; readonly size: number; readonly body: Readable }> {
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
