import { open, readdir, stat, type FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { openIndexed, type IndexedArchive, type RangeSource } from "../core/archive/open-indexed.ts";
import { readArchive, type ArchiveEntry } from "../core/archive/read-archive.ts";
import { readFolder } from "../core/archive/read-folder.ts";
import { isKnownError, KnownError } from "../core/contract/known-error.ts";
import { createHiding } from "./hide-secrets.ts";

/** A file of a tarball; `size` in bytes. Its content is opened at most once, and before the next entry is asked for. */
export type TarballEntry = { readonly name: string; readonly size: number; readonly open: () => Promise<Readable> };

/**
 * Where a tarball is: the path of a file or of the folder that one was extracted to, or elsewhere, as bytes that can be read at any place; and whether it is to be
 * read as it is.
 */
export type TarballPlace = BarePlace | { readonly asItIs: BarePlace };
export type BarePlace = string | { readonly name: string; readonly source: RangeSource };

/** What messages call a tarball. */
export const nameOfPlace = (place: TarballPlace): string => {
  const bare = barePlace(place);
  return typeof bare === "string" ? bare : bare.name;
};

const isAsItIs = (place: TarballPlace): place is { readonly asItIs: BarePlace } => typeof place !== "string" && "asItIs" in place;
const barePlace = (place: TarballPlace): BarePlace => (isAsItIs(place) ? place.asItIs : place);

/**
 * Shows each entry of a tarball to `visit`, in its order and within the reader's limits, until `visit` has enough; of a tarball with an index, which one
 * that is elsewhere must have, only what is opened is read. KnownError "invalid-file" when there is no such file to read, "invalid-tarball" naming it when
 * it is broken or not to be trusted; those of a source are passed on. Where nobody has hidden secrets yet, as in Sonobuoy's tarballs, they are hidden now, unless
 * the place is to be read as it is.
 */
export async function readTarball(wanted: TarballPlace, visit: (entry: TarballEntry) => Promise<"more" | "enough">): Promise<void> {
  const place = barePlace(wanted);
  const hide = isAsItIs(wanted) ? undefined : createHiding();
  const entries =
    typeof place !== "string" ? listRemote(place.source) : (await requireReadable(place)) === "folder" ? listOpened(readFolder(place)) : listTarball(place);
  try {
    for await (const entry of entries) if ((await visit(hide === undefined ? entry : await hide(entry))) === "enough") return;
  } catch (error) {
    throw withPath(nameOfPlace(place), error);
  }
}

async function* listRemote(source: RangeSource): AsyncGenerator<TarballEntry> {
  const indexed = await openIndexed(source);
  if (indexed === undefined)
    throw new KnownError("invalid-tarball", "has no index, so nothing of it can be read alone.", { hint: "Fetch all of it with `asdic retrieve`." });
  yield* listIndexed(indexed);
}

async function* listTarball(path: string): AsyncGenerator<TarballEntry> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const read = (start: number, end: number): AsyncGenerator<Buffer> => readRange(file, start, end);
    const indexed = await openIndexed({ size, read });
    if (indexed === undefined) yield* listOpened(readArchive(Readable.from(read(0, size), { objectMode: false })));
    else yield* listIndexed(indexed);
  } finally {
    await file.close();
  }
}

/** Not a stream of the file's own: the first of those that is destroyed closes the file. */
async function* readRange(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end;) {
    const piece = Buffer.allocUnsafe(Math.min(64 * 1024, end - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

async function* listIndexed(archive: IndexedArchive): AsyncGenerator<TarballEntry> {
  try {
    for (const entry of archive.entries) yield { name: entry.name, size: entry.size, open: () => archive.open(entry) };
  } finally {
    await archive.close();
  }
}

async function* listOpened(entries: AsyncIterable<ArchiveEntry>): AsyncGenerator<TarballEntry> {
  for await (const { name, size, body } of entries) yield { name, size, open: async () => body };
}

/** The error for a tarball or folder of something else. */
export const noRunIn = (path: string): KnownError =>
  new KnownError("invalid-tarball", `${path}: holds no run: neither meta/ nor plugins/ are in it.`, {
    hint: "Give a tarball that `asdic retrieve` or `sonobuoy retrieve` wrote, or the folder that one was extracted to.",
  });

const retrieveAgain = "Fetch it again with `asdic retrieve -o FILE`, which checks what arrives, or compare its size and sha256 with the original.";

async function requireReadable(path: string): Promise<"file" | "folder"> {
  const found = await stat(path).catch((error: unknown) => {
    throw new KnownError("invalid-file", `${path}: ${systemReason(error)}.`, {
      hint: "Give the path of a run's .tar.gz, as `asdic retrieve` writes it, or of the folder that it was extracted to.",
      cause: error,
    });
  });
  if (found.isDirectory()) {
    // Before all of a folder is walked through that somebody gave by mistake.
    if (!(await readdir(path)).some((name) => ["meta", "plugins", "config.json"].includes(name))) throw noRunIn(path);
    return "folder";
  }
  if (found.isFile()) return "file";
  throw new KnownError("invalid-file", `${path}: is no regular file.`, { hint: "Save the tarball to a file first; it may be read twice." });
}

function withPath(path: string, error: unknown): unknown {
  if (isKnownError(error)) {
    if (error.message.startsWith(path) || error.code !== "invalid-tarball") return error;
    return new KnownError(error.code, `${path}: ${error.message}`, { hint: error.hint ?? retrieveAgain, cause: error });
  }
  if (isSystemError(error)) return new KnownError("invalid-file", `${path}: ${systemReason(error)}.`, { cause: error });
  return error;
}

const reasons: { readonly [code: string]: string } = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "may not be read by this user",
  EPERM: "may not be read by this user",
  EIO: "the disk could not read it",
};

/** Of reading: an error of writing belongs to whoever writes. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "code" in error && "syscall" in error && ["open", "read", "stat"].includes(String(error.syscall));
const systemReason = (error: unknown): string => (isSystemError(error) ? (reasons[error.code ?? ""] ?? error.message) : String(error));
