import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { readArchive, type ArchiveEntry } from "../core/archive/read-archive.ts";
import { isKnownError, KnownError } from "../core/contract/known-error.ts";

/**
 * Shows each entry of the tarball at `path` to `visit`, in its order and within the reader's limits, until `visit` has enough. KnownError
 * "invalid-file" when there is no such file to read, "invalid-tarball" naming the file when it is broken or not to be trusted.
 */
export async function readTarball(path: string, visit: (entry: ArchiveEntry) => Promise<"more" | "enough">): Promise<void> {
  await requireFile(path);
  const input = createReadStream(path);
  try {
    for await (const entry of readArchive(input)) if ((await visit(entry)) === "enough") return;
  } catch (error) {
    throw withPath(path, error);
  } finally {
    input.destroy();
  }
}

const retrieveAgain = "Fetch it again with `asdic retrieve -o FILE`, which checks what arrives, or compare its size and sha256 with the original.";

async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw new KnownError("invalid-file", `${path}: ${systemReason(error)}.`, {
      hint: "Give the path of a run's .tar.gz, as `asdic retrieve` writes it.",
      cause: error,
    });
  });
  if (found.isDirectory())
    throw new KnownError("invalid-file", `${path}: is a folder, not a tarball.`, { hint: "Give the .tar.gz itself; an unpacked one is not read." });
  if (!found.isFile())
    throw new KnownError("invalid-file", `${path}: is no regular file.`, { hint: "Save the tarball to a file first; it may be read twice." });
}

function withPath(path: string, error: unknown): unknown {
  if (isKnownError(error)) {
    if (error.message.startsWith(path)) return error;
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
