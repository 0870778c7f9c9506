import { constants } from "node:fs";
import { access, opendir } from "node:fs/promises";
import { join } from "node:path";

/** What of a folder can't be read: how many files and folders, and the relative paths of the first thousand; "." is the folder itself. */
export type Unreadable = { readonly count: number; readonly names: readonly string[] };

const maxNames = 1000;

/** Looks through a folder, links aside, for what this process may not read. `exclude` holds names at the top. */
export async function findUnreadable(folder: string, exclude: readonly string[]): Promise<Unreadable> {
  const names: string[] = [];
  let count = 0;
  const found = (name: string): void => {
    if (count++ < maxNames) names.push(name);
  };
  for await (const { name, isFolder } of listEntries(folder, "", found)) {
    if (exclude.includes(name)) continue;
    const mode = isFolder ? constants.R_OK | constants.X_OK : constants.R_OK;
    if (!(await isAccessible(join(folder, name), mode))) found(name);
  }
  return { count, names };
}

type Entry = { readonly name: string; readonly isFolder: boolean };

async function* listEntries(root: string, below: string, onUnreadable: (name: string) => void): AsyncGenerator<Entry> {
  const folder = await opendir(join(root, below)).catch(() => undefined);
  if (folder === undefined) {
    if (below === "") onUnreadable(".");
    return;
  }
  for await (const entry of folder) {
    const name = join(below, entry.name);
    if (entry.isFile() || entry.isDirectory()) yield { name, isFolder: entry.isDirectory() };
    if (entry.isDirectory()) yield* listEntries(root, name, onUnreadable);
  }
}

async function isAccessible(path: string, mode: number): Promise<boolean> {
  try {
    await access(path, mode);
    return true;
  } catch (error) {
    // What is gone meanwhile was not refused.
    return error instanceof Error && "code" in error && error.code === "ENOENT";
  }
}
