import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isJsonObject } from "../../../core/contract/json.ts";
import type { Store } from "./find-store.ts";

/** A plugin that was installed, by the name that `-p` knows it by. */
export type StoredPlugin = {
  readonly name: string;
  readonly from: "asdic" | "sonobuoy";
  readonly path: string;
  /** What was noted when it was installed; Sonobuoy notes nothing, and a note may have been lost. */
  readonly origin: Origin | undefined;
};

/** Where a stored file came from, its SHA-256 in hex, and when (ISO 8601). */
export type Origin = { readonly source: string; readonly sha256: string; readonly installedAt: string };

/** The files of a name in our folder: the plugin as it came, and its origin. */
export const storedFiles = (folder: string, name: string): { readonly plugin: string; readonly origin: string } => ({
  plugin: join(folder, `${name}.yaml`),
  origin: join(folder, `${name}.origin.json`),
});

/** All that is installed, sorted by name; ours hide Sonobuoy's of the same name. */
export async function listStoredPlugins(store: Store): Promise<readonly StoredPlugin[]> {
  const own = await Promise.all((await namesIn(store.own)).map(({ folder, name }) => readOwn(folder, name)));
  const foreign = (await namesIn(store.sonobuoy)).map(({ folder, name }): StoredPlugin => ({
    name,
    from: "sonobuoy",
    path: join(folder, `${name}.yaml`),
    origin: undefined,
  }));
  const all = [...own, ...foreign.filter(({ name }) => !own.some((other) => other.name === name))];
  return all.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** The installed plugin of this name, if there is one. */
export const findStoredPlugin = async (store: Store, name: string): Promise<StoredPlugin | undefined> =>
  (await listStoredPlugins(store)).find((plugin) => plugin.name === name);

async function namesIn(folder: string | undefined): Promise<readonly { readonly folder: string; readonly name: string }[]> {
  if (folder === undefined) return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => /^[^.].*\.yaml$/.test(entry.name) && (entry.isFile() || entry.isSymbolicLink()))
    .map(({ name }) => ({ folder, name: name.slice(0, -".yaml".length) }));
}

async function readOwn(folder: string, name: string): Promise<StoredPlugin> {
  const files = storedFiles(folder, name);
  const text = await readFile(files.origin, "utf8").catch(() => "");
  return { name, from: "asdic", path: files.plugin, origin: parseOrigin(text) };
}

function parseOrigin(text: string): Origin | undefined {
  const value = parseJson(text);
  const [source, sha256, installedAt] = ["source", "sha256", "installedAt"].map((key) => (isJsonObject(value) ? value[key] : undefined));
  if (typeof source !== "string" || typeof sha256 !== "string" || typeof installedAt !== "string") return undefined;
  return { source, sha256, installedAt };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
