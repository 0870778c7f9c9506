import { availableParallelism } from "node:os";
import type { Readable } from "node:stream";
import pLimit from "p-limit";
import { readPacked, unpackSegments } from "../../core/archive/read-packed.ts";
import { damaged } from "../../core/archive/unpack-segment.ts";
import { parsePackReport } from "../../core/redaction/packs/pack-report.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import { sweepAfter } from "../sweep.ts";
import { Refusal } from "./refusal.ts";

/** More at once unpack no faster, and each holds a segment. */
const limit = pLimit(availableParallelism());

/** What a packed upload may hold, and whether it is a folder, whose files have names; else it is one file. */
type Allowed = { readonly maxEntries: number; readonly maxTotalBytes: number; readonly isFolder: boolean };

/**
 * Reads a packed upload to its end, so that all of it can be put into the tarball without another look. Throws a Refusal: 503 for what is damaged, which
 * another try may mend, 413 for what is too large, 400 for what no try mends.
 */
export const checkPackedUpload = (body: Readable, allowed: Allowed): Promise<void> =>
  limit(async () => {
    try {
      await readAll(body, allowed);
    } catch (error) {
      if (!isKnownError(error)) throw error;
      if (error.code === "transfer-failed") throw new Refusal(503, error.message);
      throw new Refusal(400, `The upload can't be taken: it ${error.message}`);
    }
  });

async function readAll(body: Readable, { maxEntries, maxTotalBytes, isFolder }: Allowed): Promise<void> {
  let [entries, bytes] = [0, 0];
  for await (const { name, size, content } of readPacked(body, parsePackReport)) {
    entries += 1;
    bytes += size;
    if (isFolder === (name === "")) throw damaged("its files are not named as its headers say");
    if (entries > maxEntries) throw new Refusal(400, `The upload can't be taken: it holds more than ${maxEntries} files.`);
    if (bytes > maxTotalBytes)
      throw new Refusal(413, `Unpacked, the result is larger than the ${maxTotalBytes} bytes that the run's limit allows; --max-result-size raises it.`);
    if (!Buffer.isBuffer(content)) for await (const chunk of unpackSegments(content)) sweepAfter(chunk.length);
  }
  if (!isFolder && entries === 0) throw damaged("its file is missing");
}
