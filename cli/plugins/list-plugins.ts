import { builtInPlugins } from "../../plugins/built-ins.ts";
import type { ReadingContext } from "./read-plugin-text.ts";
import { findStore } from "./store/find-store.ts";
import { readStored } from "./store/read-stored.ts";
import { listStoredPlugins, type StoredPlugin } from "./store/stored-plugin.ts";

/** A plugin that `-p` knows by a name. */
export type ListedPlugin = {
  readonly name: string;
  /** Its own name, by which flags and results call it; missing where it can't be read. */
  readonly plugin?: string;
  readonly from: "asdic" | "installed" | "sonobuoy";
  readonly description?: string | undefined;
  /** Where an installed file came from, or where Sonobuoy keeps it. */
  readonly source?: string | undefined;
  readonly sha256?: string | undefined;
  /** Why it can't be run. */
  readonly problem?: string | undefined;
};

/** The built-in plugins, then the installed ones by name. */
export async function listPlugins(context: ReadingContext): Promise<readonly ListedPlugin[]> {
  const builtIn = builtInPlugins.flatMap(({ names, summary }) =>
    names.map((name): ListedPlugin => ({ name, plugin: name, from: "asdic", description: summary })),
  );
  const stored = await listStoredPlugins(findStore(context));
  return [...builtIn, ...(await Promise.all(stored.map((plugin) => listOne(plugin, context))))];
}

async function listOne(stored: StoredPlugin, context: ReadingContext): Promise<ListedPlugin> {
  const { name, from, path, origin } = stored;
  const known = { name, from: from === "asdic" ? "installed" : from, source: origin?.source ?? path, sha256: origin?.sha256 } as const;
  const read = await readStored(stored, context);
  if ("definition" in read) return { ...known, plugin: read.definition.name, description: read.definition.description };
  return { ...known, problem: read.problems.map(({ line, message }) => (line === undefined ? message : `line ${line}: ${message}`)).join("; ") };
}
