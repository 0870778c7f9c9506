import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import type { ListedFile, ListOptions } from "./list-files.ts";
import { codeOf, isStillThere } from "./list-files.ts";

/**
 * A listed file open for reading; undefined, and reported, where it can't be. Neither a link nor a pipe that was put in its place since it was listed
 * is followed or waited for.
 */
export async function openListedFile(file: ListedFile, { onSkipped }: Pick<ListOptions, "onSkipped">): Promise<FileHandle | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file.path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (stats.isFile() && (await isStillThere(file, stats))) return handle;
    onSkipped?.(file.name, "was replaced while the folder was read");
  } catch (error) {
    onSkipped?.(file.name, `can't be opened (${codeOf(error)})`);
  }
  await handle?.close();
  return undefined;
}
