import { open, stat } from "node:fs/promises";
import { constants, gunzipSync } from "node:zlib";
import { KnownError } from "../../core/contract/known-error.ts";
import { readFailure } from "../read-failure.ts";

/** What is to be redacted. */
export type SourceKind = "file" | "folder" | "tarball";

/** Whether a path is a folder, a tar or tar.gz, or another file; KnownError "invalid-file" where it can't be read. */
export async function findSourceKind(path: string, shown: string): Promise<SourceKind> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return "folder";
    if (!found.isFile()) throw refuse(shown, "it is neither a file nor a folder");
    const file = await open(path);
    try {
      const start = Buffer.alloc(64 * 1024);
      const { bytesRead } = await file.read(start, 0, start.length, 0);
      return /\.(?:tar|tar\.gz|tgz)$/i.test(path) || isTar(unpackStart(start.subarray(0, bytesRead))) ? "tarball" : "file";
    } finally {
      await file.close();
    }
  } catch (error) {
    const why = readFailure(error);
    throw why === undefined ? error : refuse(shown, why, error);
  }
}

const refuse = (shown: string, why: string, cause?: unknown): KnownError =>
  new KnownError("invalid-file", `${shown}: ${why}.`, { hint: "Name the tarball, folder or file that is to be redacted.", cause });

const isTar = (start: Buffer): boolean => start.subarray(257, 262).toString("latin1") === "ustar";

function unpackStart(start: Buffer): Buffer {
  if (start[0] !== 0x1f || start[1] !== 0x8b) return start;
  try {
    return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return start;
  }
}
