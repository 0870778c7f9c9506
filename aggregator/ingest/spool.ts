import type { Hash } from "node:crypto";
import { createHash, randomUUID } from "node:crypto";
import { open, rename } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import type { ExpectedResult } from "../state/expected-results.ts";
import type { PartialUploads } from "./partial-uploads.ts";
import { Refusal } from "./refusal.ts";

/** Bytes that lie in the spool under their final name, synced; not yet accepted. */
export type SpooledFile = { readonly file: string; readonly path: string; readonly size: number; readonly sha256: string };

export type Spool = { readonly folder: string; readonly maxBytes: number; readonly partials: PartialUploads };

/**
 * Writes a request's body to a file of its own in the spool, behind the bytes that are there if it begins at `offset`; at most `maxBytes` in all. What
 * came of a body that breaks off is kept for the next try.
 */
export async function spoolBody(
  request: IncomingMessage,
  { result, offset }: { readonly result: ExpectedResult; readonly offset: number },
  spool: Spool,
): Promise<SpooledFile> {
  const end = Promise.withResolvers<void>();
  try {
    const there = await spool.partials.take(result, { request, writing: end.promise });
    if (offset !== 0 && offset !== there.size) throw new Refusal(412, `The upload goes on from byte ${offset}, but ${there.size} are here.`);
    const part: Growing = { ...(offset === 0 ? { size: 0, hash: createHash("sha256") } : there), path: there.path, isSound: true };
    return await fillPart(request, { result, part }, spool);
  } finally {
    end.resolve();
  }
}

async function fillPart(
  request: IncomingMessage,
  { result, part }: { readonly result: ExpectedResult; readonly part: Growing },
  { folder, maxBytes, partials }: Spool,
): Promise<SpooledFile> {
  try {
    await append(request, part, maxBytes);
    const file = randomUUID();
    const path = join(folder, file);
    await rename(part.path, path);
    await partials.drop(result);
    await syncFolder(folder);
    return { file, path, size: part.size, sha256: part.hash.digest("hex") };
  } catch (error) {
    await (part.isSound && !(error instanceof Refusal) ? partials.keep(result, part) : partials.drop(result));
    throw error;
  }
}

/** `isSound`: whether the file holds exactly these bytes, or at least begins with them. */
type Growing = { readonly path: string; readonly hash: Hash; size: number; isSound: boolean };

async function append(request: IncomingMessage, part: Growing, maxBytes: number): Promise<void> {
  const handle = await open(part.path, "a");
  try {
    await handle.truncate(part.size);
    // The request must outlive a refusal in the middle of its body, or the sender never reads the answer.
    const chunks: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
    for await (const chunk of chunks) {
      if (part.size + chunk.length > maxBytes) throw new Refusal(413, tooLarge(maxBytes));
      part.isSound = false;
      await handle.appendFile(chunk);
      part.hash.update(chunk);
      part.size += chunk.length;
      part.isSound = true;
    }
    if (!request.complete) throw new Error("the upload broke off");
    // A disk that is full is not helped by keeping what it has taken.
    part.isSound = false;
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** What an upload over the limit is told. */
export const tooLarge = (maxBytes: number): string => `The result is larger than the run's limit of ${maxBytes} bytes; --max-result-size raises it.`;

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync();
  await handle.close();
}
