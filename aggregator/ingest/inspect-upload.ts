import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { ArchiveLimits } from "../../core/archive/archive-limits.ts";
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

/** Whether it is gzip around something whose first 512 bytes bear a tar header's checksum; a .gz of one file is kept as it is. */
async function isTarGz(open: () => Readable): Promise<boolean> {
  const header = await readFirstBlock(open());
  if (header.length < 512) return false;
  const claimed = Number.parseInt(header.toString("latin1", 148, 156).replaceAll(/[^0-7]/g, ""), 8);
  let sum = 0;
  for (const [index, byte] of header.entries()) sum += index >= 148 && index < 156 ? 32 : byte;
  return claimed === sum || header.every((byte) => byte === 0);
}

async function readFirstBlock(source: Readable): Promise<Buffer> {
  const gunzip = createGunzip();
  try {
    const parts: Buffer[] = [];
    let size = 0;
    source.on("error", (error) => gunzip.destroy(error)).pipe(gunzip);
    for await (const part of gunzip as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.length;
      if (size >= 512) break;
    }
    return Buffer.concat(parts).subarray(0, 512);
  } catch {
    return Buffer.alloc(0);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}
