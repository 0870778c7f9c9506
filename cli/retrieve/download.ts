import { createHash, type Hash } from "node:crypto";
import { open, readFile, rename, rm, writeFile, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { syncFolder } from "../../core/archive/sync-folder.ts";
import { isKnownError, KnownError } from "../../core/contract/known-error.ts";
import type { TarballStatus } from "../../core/contract/run-status.ts";
import { cannotWrite } from "../cannot-write.ts";
import type { AggregatorConnection } from "../aggregator-connection.ts";
import { checkTarballAnswer } from "./check-tarball-answer.ts";
import { hashFile } from "./hash-file.ts";
import { isPassing, usualPauses } from "./try-again.ts";

export type Download = {
  readonly connection: Pick<AggregatorConnection, "openTarball">;
  readonly tarball: TarballStatus;
  readonly path: string;
  readonly signal: AbortSignal;
  /** Seconds before each try after a first that failed; as many tries in a row may bring nothing. */
  readonly pauses?: readonly number[];
  /** Called with how many bytes are there, of which so many had come before. */
  readonly onProgress?: (size: number, before: number) => void;
};

/**
 * Brings the tarball to `path`: written beside it as `<path>.partial`, which a later try or command goes on from if `<path>.partial.etag` says that it is
 * of the same tarball, verified by size and SHA-256, synced, then renamed into place. KnownError "transfer-failed" when several tries in a row bring nothing.
 */
export async function download(request: Download): Promise<void> {
  const { tarball, path } = request;
  const partial = `${path}.partial`;
  const part = await openPart(partial, tarball);
  const isResumed = part.size > 0;
  request.onProgress?.(part.size, part.size);
  await receiveAll(request, partial, part);
  if (part.hash.digest("hex") === tarball.sha256) {
    await rename(partial, path).catch((error: unknown) => Promise.reject(unwritable(path, error)));
    await rm(tagOf(partial), { force: true });
    // Not every system has a way to do that, and the tarball is there.
    return syncFolder(dirname(path)).catch(() => undefined);
  }
  await Promise.all([partial, tagOf(partial)].map((file) => rm(file, { force: true })));
  // What had been kept may have been of another tarball.
  if (isResumed) return download(request);
  throw new KnownError("transfer-failed", `${tarball.name} came whole, but not as the aggregator made it: its SHA-256 is another.`, {
    hint: "Try `asdic retrieve` again.",
  });
}

/** The bytes that are there, as far as they go. */
type Part = { hash: Hash; size: number };

/** Says of which tarball a part is. */
const tagOf = (partial: string): string => `${partial}.etag`;

async function openPart(partial: string, tarball: TarballStatus): Promise<Part> {
  const tag = await readFile(tagOf(partial), "utf8").catch(() => undefined);
  const there = tag === undefined || tag.trim() === tarball.sha256 ? await hashFile(partial) : undefined;
  if (there !== undefined && there.size <= tarball.size) return { ...there };
  await rm(partial, { force: true });
  return { hash: createHash("sha256"), size: 0 };
}

async function receiveAll(request: Download, partial: string, part: Part): Promise<void> {
  const { tarball, signal, pauses = usualPauses } = request;
  let fruitless = 0;
  while (part.size < tarball.size) {
    const before = part.size;
    const problem = await receive(request, partial, { part, isAnotherTry: fruitless > 0 });
    signal.throwIfAborted();
    if (part.size === tarball.size) return;
    if (part.size > before) fruitless = 0;
    const pause = pauses[fruitless++];
    if (pause === undefined) throw transferFailed(part.size, tarball, problem);
    await sleep(pause * 1000, undefined, { signal });
  }
}

/** One try: what comes is appended to the file and to the part. Yields what broke it off, if that may be better next time. */
async function receive(
  { connection, tarball, signal, onProgress }: Download,
  partial: string,
  { part, isAnotherTry }: { readonly part: Part; readonly isAnotherTry: boolean },
): Promise<KnownError | undefined> {
  let file: FileHandle | undefined;
  const before = part.size;
  try {
    const answer = await connection.openTarball({ offset: part.size, tag: `"${tarball.sha256}"`, isAnotherTry, signal });
    await checkTarballAnswer(answer, { offset: part.size, isWhole: part.size === 0, tarball });
    const body = readAtOnce(answer.body);
    file = await open(partial, "a");
    await writeFile(tagOf(partial), `${tarball.sha256}\n`);
    for await (const bytes of body) {
      if (part.size + bytes.length > tarball.size) throw new KnownError("transfer-failed", `More bytes than the ${tarball.size} of ${tarball.name} came.`);
      // Of a single write a disk that is nearly full takes less than it was given, and says nothing.
      await file.appendFile(bytes);
      part.hash.update(bytes);
      part.size += bytes.length;
      onProgress?.(part.size, before);
    }
    await file.sync();
    return undefined;
  } catch (error) {
    if (isPassing(error)) return error;
    throw isKnownError(error) || signal.aborted ? error : unwritable(partial, error);
  } finally {
    await file?.close();
  }
}

/** A body's chunks, the first of which is asked for now: a connection that breaks while nobody reads takes along what it has brought. */
function readAtOnce(body: Readable): AsyncIterable<Buffer> {
  const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]();
  const first = chunks.next();
  first.catch(() => undefined);
  return (async function* () {
    try {
      for (let next = await first; next.done !== true; next = await chunks.next()) yield next.value;
    } finally {
      body.destroy();
    }
  })();
}

function transferFailed(size: number, tarball: TarballStatus, problem: KnownError | undefined): KnownError {
  const why = problem === undefined ? "" : ` ${problem.message}`;
  return new KnownError("transfer-failed", `${tarball.name} could not be fetched: ${size} of ${tarball.size} bytes came.${why}`, {
    hint: "The part that came is kept: `asdic retrieve` goes on from there.",
    cause: problem,
  });
}

function unwritable(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const isFull = ["ENOSPC", "EDQUOT"].includes(String(error.code));
  const hint = isFull
    ? "What has come is kept: make room there and type it again, and it goes on from there."
    : "Give -o a file in a folder that exists, that you may write to, and that has room.";
  return cannotWrite(path, error, hint);
}
