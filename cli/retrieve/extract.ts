import { createReadStream } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { unpackArchive } from "../../core/archive/unpack-archive.ts";
import { isKnownError, KnownError } from "../../core/contract/known-error.ts";
import { cannotWrite } from "../cannot-write.ts";

/** Writes a tarball's files below a folder that is new or empty, all or none; KnownError when it isn't, or for an archive that can't be trusted. */
export async function extract({ tarball, folder, signal }: { readonly tarball: string; readonly folder: string; readonly signal: AbortSignal }): Promise<void> {
  const there = await readdir(folder).catch((error: unknown) => (codeOf(error) === "ENOENT" ? undefined : Promise.reject(notAFolder(folder, error))));
  if (there !== undefined && there.length > 0)
    throw new KnownError("invalid-file", `${folder}: is there already and not empty, so nothing was extracted.`, {
      hint: "Remove or rename it, or choose another name by -o.",
    });
  try {
    await unpackArchive(createReadStream(tarball, { signal }), folder, signal);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (isKnownError(error) || signal.aborted) throw error;
    if (["EEXIST", "ENOTDIR", "EISDIR"].includes(codeOf(error)))
      throw new KnownError("invalid-tarball", `${tarball}: holds two entries of one name, so it was not extracted.`, { cause: error });
    throw cannotWrite(folder, error, "Give -o a folder that you may write to and that has room.");
  }
}

const notAFolder = (folder: string, error: unknown): KnownError =>
  new KnownError("invalid-file", `${folder}: is no folder that can be read (${codeOf(error)}).`, { cause: error });

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "");
