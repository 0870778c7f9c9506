import type { Readable } from "node:stream";
import type { ArchiveLimits } from "../../core/archive/archive-limits.ts";
import { isTarGz } from "../../core/archive/is-tar-gz.ts";
import { readArchive } from "../../core/archive/read-archive.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import type { AcceptedUpload } from "../state/accepted-upload.ts";
import { checkPackedUpload } from "./check-packed-upload.ts";
import { Refusal } from "./refusal.ts";
import type { UploadHeaders } from "./upload-headers.ts";

/** What a body is that `open` reads from its first byte on. Reads a pack or an archive to its end, so that one that can't be unpacked is refused while its sender is there. */
export async function inspectUpload(open: Open, { isPacked, isFolder, isGzip }: UploadHeaders, limits: UploadLimits): Promise<AcceptedUpload["shape"]> {
  if (isPacked) {
    await checkPackedUpload(open("packed"), { ...limits, isFolder });
    return "packed";
  }
  if (!isGzip || !(await isTarGz(open))) return "file";
  try {
    for await (const entry of readArchive(open(), { ...limits, links: "skip" })) entry.body.resume();
  } catch (error) {
    if (!isKnownError(error)) throw error;
    throw new Refusal(400, `The uploaded archive can't be taken: ${error.message}`);
  }
  return "archive";
}

type Open = (shape?: AcceptedUpload["shape"]) => Readable;

/** What an uploaded archive may hold, and who is told of links and special files, which are left out. */
export type UploadLimits = Pick<ArchiveLimits, "maxEntries" | "maxEntryBytes" | "maxTotalBytes" | "onSkipped">;
