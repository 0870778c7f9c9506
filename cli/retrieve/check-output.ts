import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { KnownError } from "../../core/contract/known-error.ts";

/** Throws KnownError "invalid-file" where no tarball can be written to what `-o` names, a file or a folder, so that nobody waits for hours to hear it. */
export async function checkOutput(file: string, cwd: string): Promise<void> {
  const path = resolve(cwd, file);
  const folder = (await isFolder(path)) ? path : dirname(path);
  const why = !(await isFolder(folder)) ? "its folder doesn't exist" : (await isWritable(folder)) ? undefined : "you may not write there";
  if (why !== undefined)
    throw new KnownError("invalid-file", `-o ${file}: ${why}.`, { hint: "Name a file in a folder that is there, or make the folder first." });
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const isWritable = (path: string): Promise<boolean> =>
  access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
