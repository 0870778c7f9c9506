import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { KnownError } from "../../../core/contract/known-error.ts";
import { builtInPlugins } from "../../../plugins/built-ins.ts";
import { checkName } from "../check-name.ts";
import { buildPluginFolder, type NewPlugin } from "./build-plugin-folder.ts";

/** Writes a new plugin's files into a folder that is empty or not there yet, and gives their names; KnownError where the name or the folder can't be. */
export async function writeNewPlugin(plugin: NewPlugin, folder: string): Promise<readonly string[]> {
  const problem =
    checkName(plugin.name) ?? (builtInPlugins.some(({ names }) => names.includes(plugin.name)) ? "is that of a plugin that comes with asdic" : undefined);
  if (problem !== undefined) throw new KnownError("wrong-usage", `The name ${JSON.stringify(plugin.name)} ${problem}.`, { hint: "Nothing was made." });
  if (!/^\w\S*$/.test(plugin.image))
    throw new KnownError("wrong-usage", `--image ${plugin.image}: is no name of an image.`, {
      hint: "For example: --image registry.example.test/disk-speed:v1",
    });
  await checkFolder(folder);
  const files = buildPluginFolder(plugin);
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, text, isProgram } of files) await writeFile(join(folder, name), text, { flag: "wx", mode: isProgram === true ? 0o755 : 0o644 });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new KnownError("invalid-file", `${folder} can't be written: ${error.message}`, { hint: "Choose another folder with -o.", cause: error });
  }
  return files.map(({ name }) => name);
}

async function checkFolder(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: unknown) => {
    if (isSystemError(error) && error.code === "ENOENT") return [];
    return undefined;
  });
  if (found?.length === 0) return;
  const why = found === undefined ? "is no folder that can be read" : "is not empty, and nothing in it shall be overwritten";
  throw new KnownError("wrong-usage", `${folder} ${why}.`, { hint: "Choose another folder with -o." });
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && "syscall" in error;
