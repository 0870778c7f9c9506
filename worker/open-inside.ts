import { constants } from "node:fs";
import type { Stats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open, realpath, stat } from "node:fs/promises";
import { sep } from "node:path";

/** An open file or folder below a root: `real` is its path without links. The one who asked closes the handle. */
export type OpenedInside = { readonly handle: FileHandle; readonly stats: Stats; readonly real: string };

/**
 * Opens a file or folder that is the root itself or below it, links followed; throws an error whose message ends a sentence about the path
 * ("does not exist", …). What was opened is compared with what was checked, so that a plugin can't swap in a link to the worker's own files.
 */
export async function openInside(root: string, path: string): Promise<OpenedInside> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(refuse);
  try {
    const stats = await handle.stat();
    const [realRoot, real] = await Promise.all([realpath(root), realpath(path)]).catch(refuse);
    const checked = await stat(real).catch(refuse);
    const inside = real === realRoot || real.startsWith(realRoot + sep);
    if (!inside || checked.dev !== stats.dev || checked.ino !== stats.ino) throw new Error("is outside the results folder");
    if (!stats.isFile() && !stats.isDirectory()) throw new Error("is neither a file nor a folder");
    return { handle, stats, real };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function refuse(error: unknown): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  throw new Error(sentences[code] ?? `can't be opened (${code})`, { cause: error });
}

const sentences: { readonly [code: string]: string } = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  ENAMETOOLONG: "is no path",
  ERR_INVALID_ARG_VALUE: "is no path",
  ELOOP: "is a link that leads nowhere",
  EACCES: "may not be read by the worker",
  EPERM: "may not be read by the worker",
};
