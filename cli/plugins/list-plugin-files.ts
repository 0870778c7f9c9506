import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

/** The YAML files right in a folder, sorted, as the folder was named; undefined for what is no folder. */
export async function listPluginFiles(folder: string, cwd: string): Promise<readonly string[] | undefined> {
  const path = resolve(cwd, folder);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true) return undefined;
  return (await readdir(path))
    .filter((file) => /\.ya?ml$/.test(file))
    .toSorted()
    .map((file) => join(folder, file));
}

/** What is said of a folder that has none. */
export const noPluginFiles = "is a folder without .yaml or .yml files";
