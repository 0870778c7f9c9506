import type { Hash } from "node:crypto";
import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open, rename, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { syncFolder } from "../../core/archive/sync-folder.ts";
import type { AcceptedUpload } from "../state/accepted-upload.ts";
import type { ExpectedResult } from "../state/expected-results.ts";
import { sweepAfter } from "../sweep.ts";
import { openUpload } from "../store/open-upload.ts";
import type { HeldBody } from "./page-pool.ts";
import type { Part } from "./partial-uploads.ts";
import { Refusal } from "./refusal.ts";
import type { Spool } from "./spool.ts";

/** All the bytes of an upload: in memory, or in a file of their own. */
export type TakenBody = {
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
  /** Reads them from the first on, in pieces that fit what they are. */
  readonly open: (shape?: AcceptedUpload["shape"]) => Readable;
  /** Resolves, once they are durable, to where they lie in the spool. */
  store(): Promise<Pick<AcceptedUpload, "file" | "offset">>;
  /** Gives back what they take, but for what lies where the result's accepted upload does. To be called at the end, once. */
  release(accepted: AcceptedUpload | undefined): Promise<void>;
};

/**
 * Takes in a request's body, behind the bytes that are there if it begins at `offset`; at most the spool's `maxBytes` in all. What came of a body that
 * breaks off is kept for the next try.
 */
export async function takeBody(
  request: IncomingMessage,
  { result, offset }: { readonly result: ExpectedResult; readonly offset: number },
  spool: Spool,
): Promise<TakenBody> {
  const end = Promise.withResolvers<void>();
  try {
    const there = await spool.partials.take(result, { request, writing: end.promise });
    if (offset !== 0 && offset !== there.size) throw new Refusal(412, `The upload goes on from byte ${offset}, but ${there.size} are here.`);
    return await takeBehind(request, { result, there, offset }, spool);
  } finally {
    end.resolve();
  }
}

async function takeBehind(
  request: IncomingMessage,
  { result, there, offset }: { readonly result: ExpectedResult; readonly there: Part; readonly offset: number },
  spool: Spool,
): Promise<TakenBody> {
  const { partials, pages, maxBytes } = spool;
  const { size, hash } = offset === 0 ? { size: 0, hash: createHash("sha256") } : there;
  const body: Growing = { path: there.path, hash, size, written: size, held: pages.hold(), file: undefined, isSound: true };
  try {
    await receive(request, body, maxBytes);
    const taken = body.file ? await closeFile(body, spool) : inMemory(body, spool);
    if (body.file !== undefined || there.size > 0) await partials.drop(result);
    return taken;
  } catch (error) {
    if (!(error instanceof Refusal) && body.isSound) await flush(body).catch(() => (body.isSound = false));
    body.held.release();
    await body.file?.close().catch(() => undefined);
    await (body.isSound && !(error instanceof Refusal) ? partials.keep(result, body) : partials.drop(result));
    throw error;
  }
}

/** `written` of the `size` bytes are in the file, the others are held; `isSound`: whether the file holds them, or at least begins with them. */
type Growing = {
  readonly path: string;
  readonly hash: Hash;
  readonly held: HeldBody;
  size: number;
  written: number;
  file: FileHandle | undefined;
  isSound: boolean;
};

/** A body that comes so slowly leaves the memory to others. */
const longestHoldMilliseconds = 3000;

async function receive(request: IncomingMessage, body: Growing, maxBytes: number): Promise<void> {
  const { held, hash } = body;
  if (body.size > 0) await flush(body);
  // The request must outlive a refusal in the middle of its body, or the sender never reads the answer.
  const chunks: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) {
    if (body.size + chunk.length > maxBytes) throw new Refusal(413, tooLarge(maxBytes));
    const isSlow = held.size > 0 && performance.now() - held.since > longestHoldMilliseconds;
    if (isSlow || !held.add(chunk)) await flush(body, chunk);
    hash.update(chunk);
    body.size += chunk.length;
    sweepAfter(chunk.length);
  }
  if (!request.complete) throw new Error("the upload broke off");
  if (body.file) await flush(body);
}

/** What an upload over the limit is told. */
export const tooLarge = (maxBytes: number): string => `The result is larger than the run's limit of ${maxBytes} bytes; --max-result-size raises it.`;

/** Writes what is held, and the chunk, to the part's file. A disk that is full is not helped by keeping what it has taken. */
async function flush(body: Growing, chunk?: Buffer): Promise<void> {
  body.file ??= await openPart(body);
  const pieces = [...body.held.pieces(), ...(chunk ? [chunk] : [])];
  if (pieces.length === 0) return;
  body.isSound = false;
  const { bytesWritten } = await body.file.writev(pieces, body.written);
  const wanted = body.held.size + (chunk?.length ?? 0);
  if (bytesWritten !== wanted) throw new Error(`the disk took ${bytesWritten} of ${wanted} bytes`);
  body.isSound = true;
  body.written += bytesWritten;
  body.held.release();
}

async function openPart({ path, written }: Growing): Promise<FileHandle> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  await file.truncate(written);
  return file;
}

function inMemory({ held, size, hash }: Growing, { shared }: Spool): TakenBody {
  return {
    size,
    sha256: hash.digest("hex"),
    open: () => Readable.from(held.pieces(), { objectMode: false }),
    store: async () => ({ file: shared.name, offset: await shared.file.append(held.pieces()) }),
    release: async () => held.release(),
  };
}

/** The part under a name of its own, so that another upload for the same result does not meet it. */
async function closeFile(body: Growing, { folder }: Spool): Promise<TakenBody> {
  const { size, path, hash } = body;
  body.isSound = false;
  await body.file?.datasync();
  await body.file?.close();
  const file = randomUUID();
  await rename(path, join(folder, file));
  return {
    size,
    sha256: hash.digest("hex"),
    open: (shape = "file") => openUpload({ file, size, shape }, folder),
    async store() {
      await syncFolder(folder);
      return { file };
    },
    async release(accepted) {
      if (accepted?.file !== file) await rm(join(folder, file), { force: true });
    },
  };
}
