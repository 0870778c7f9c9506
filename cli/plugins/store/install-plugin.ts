import { mkdir, open, rename } from "node:fs/promises";
import { resolve } from "node:path";
import { KnownError } from "../../../core/contract/known-error.ts";
import { builtInPlugins } from "../../../plugins/built-ins.ts";
import { checkName } from "../check-name.ts";
import { buildPluginsError } from "../problem.ts";
import { readPluginFile } from "../read-plugin-file.ts";
import { isUrl, readPluginText, type ReadingContext } from "../read-plugin-text.ts";
import { findStore } from "./find-store.ts";
import { hashText } from "./read-stored.ts";
import { findStoredPlugin, storedFiles, type Origin } from "./stored-plugin.ts";

export type InstallRequest = {
  readonly name: string;
  /** A file, an address, or `-`. */
  readonly source: string;
  /** In hex: nothing else is installed. */
  readonly sha256: string | undefined;
  readonly force: boolean;
  readonly now: Date;
};

/** What was installed: the plugin's own name, the file's SHA-256 in hex, and whether anyone on the way could have changed it. */
export type Installed = { readonly plugin: string; readonly sha256: string; readonly isUnprotected: boolean };

/** Checks a plugin file and keeps it under a name; KnownError for all that is wrong with the call or the file, and then nothing has changed. */
export async function installPlugin({ name, source, sha256, force, now }: InstallRequest, context: ReadingContext): Promise<Installed> {
  const store = findStore(context);
  checkCall({ name, sha256 });
  if (store.own === undefined) throw new KnownError("wrong-usage", "There is no home folder to install plugins into.", { hint: "Set ASDIC_DIR to a folder." });
  const existing = await findStoredPlugin({ own: store.own, sonobuoy: undefined }, name);
  if (existing !== undefined && !force)
    throw new KnownError("wrong-usage", `${name} is already installed, from ${existing.origin?.source ?? "somewhere"}.`, {
      hint: "Install it under another name, or add --force to replace it.",
    });
  const read = await readPluginText(source, context);
  if ("refusal" in read) throw buildPluginsError([{ source, message: read.refusal }], unchanged);
  const found = hashText(read.text);
  if (sha256 !== undefined && sha256.toLowerCase() !== found)
    throw buildPluginsError([{ source, message: `has the SHA-256 ${found}, and another was asked for` }], unchanged);
  const plugin = readPluginFile({ text: read.text, source });
  if ("problems" in plugin) throw buildPluginsError(plugin.problems, unchanged);
  await writeStored(store.own, name, { text: read.text, origin: { source: renderOrigin(source, context.cwd), sha256: found, installedAt: now.toISOString() } });
  return { plugin: plugin.definition.name, sha256: found, isUnprotected: source.startsWith("http:") && sha256 === undefined };
}

const unchanged = "Nothing was installed.";

function checkCall({ name, sha256 }: Pick<InstallRequest, "name" | "sha256">): void {
  const problem = checkName(name);
  const problems = [
    ...(problem === undefined ? [] : [`The name ${JSON.stringify(name)} ${problem}.`]),
    ...(/\.(?:ya?ml|json)$/.test(name) ? [`The name ${JSON.stringify(name)} looks like a file's.`] : []),
    ...(builtInPlugins.some(({ names }) => names.includes(name)) ? [`${name} comes with asdic, and nothing can be installed over it.`] : []),
    ...(sha256 === undefined || /^[0-9a-f]{64}$/i.test(sha256) ? [] : [`--sha256 ${sha256}: must be 64 hexadecimal digits.`]),
  ];
  if (problems.length > 0) throw new KnownError("wrong-usage", problems.join("\n"), { hint: unchanged });
}

/** Who reads the note later needs neither password nor token of an address. */
function renderOrigin(source: string, cwd: string): string {
  if (source === "-") return "standard input";
  if (!isUrl(source)) return resolve(cwd, source);
  const { origin, pathname } = new URL(source);
  return origin + pathname;
}

/** The note first: a file that isn't the one of its note is known by its hash, and refused. */
async function writeStored(folder: string, name: string, { text, origin }: { readonly text: string; readonly origin: Origin }): Promise<void> {
  const files = storedFiles(folder, name);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWhole(files.origin, `${JSON.stringify(origin, null, 2)}\n`);
    await writeWhole(files.plugin, text);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new KnownError("invalid-file", `${folder} can't be written: ${error.message}`, { hint: "Set ASDIC_DIR to a folder that can.", cause: error });
  }
}

/** Under a name of its own first, so that nobody ever reads half of it. */
async function writeWhole(path: string, text: string): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  const file = await open(partial, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}
