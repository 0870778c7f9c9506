import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { KnownError } from "../../core/contract/known-error.ts";
import { readFailure } from "../read-failure.ts";

/** Writes the key of a run's tokens beside its tarball, for its owner alone, in place of what an earlier tarball of that name has left; yields its path. KnownError "invalid-file" where that can't be. */
export async function keepTokenKey(tarball: string, key: string): Promise<string> {
  const path = `${tarball}.key`;
  const content = `${key}\n`;
  if ((await readFile(path, "utf8").catch(() => undefined)) === content) return path;
  const partial = `${path}.partial`;
  try {
    await rm(partial, { force: true });
    await writeFile(partial, content, { mode: 0o600, flag: "wx" });
    await rename(partial, path);
    return path;
  } catch (error) {
    const why = readFailure(error);
    if (why === undefined) throw error;
    throw new KnownError("invalid-file", `${path}: the key can't be written there (${why}).`, {
      hint: "Without it nobody can tell whose the tokens are. Retrieve the tarball again into a folder that you may write to.",
      cause: error,
    });
  }
}
