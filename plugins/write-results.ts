import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ResultFile } from "./plugin-program.ts";

/**
 * Writes the files into a folder of their own below `resultsDir`, then `done` with that folder's path, which it returns.
 * `done` appears whole or not at all.
 */
export async function writeResults(resultsDir: string, plugin: string, files: readonly ResultFile[]): Promise<string> {
  const folder = join(resultsDir, plugin);
  await mkdir(folder, { recursive: true });
  for (const { name, content } of files) await writeFile(join(folder, name), content);
  const done = join(resultsDir, "done");
  await writeFile(`${done}.partial`, folder);
  await rename(`${done}.partial`, done);
  return folder;
}
