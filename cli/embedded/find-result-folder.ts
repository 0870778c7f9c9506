import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { KnownError } from "../../core/contract/known-error.ts";

/**
 * The folder in which tarball and reports will lie: that of -o, which may name a file or a folder, else the current one. KnownError "wrong-usage" when nothing can be
 * written there, because a run whose cluster is gone can't be fetched again.
 */
export async function findResultFolder(cwd: string, output: string | undefined): Promise<string> {
  const named = resolve(cwd, output ?? ".");
  const isFolder = (await stat(named).catch(() => undefined))?.isDirectory() === true;
  const folder = isFolder ? named : dirname(named);
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return folder;
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new KnownError(
      "wrong-usage",
      `${folder}: ${isMissing ? "there is no such folder" : "you may not write there"}, and tarball and reports are to lie in it.`,
      {
        hint: output === undefined ? "Go to a folder of your own, or name one by -o." : "Name another by -o.",
        cause: error,
      },
    );
  }
}
