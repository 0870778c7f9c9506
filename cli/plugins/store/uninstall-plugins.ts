import { rm } from "node:fs/promises";
import { KnownError } from "../../../core/contract/known-error.ts";
import { builtInPlugins } from "../../../plugins/built-ins.ts";
import { findStore } from "./find-store.ts";
import { listStoredPlugins, storedFiles, type StoredPlugin } from "./stored-plugin.ts";

/** Removes installed plugins; KnownError for every name that is no installed plugin of ours, and then none is removed. */
export async function uninstallPlugins(names: readonly string[], place: Parameters<typeof findStore>[0]): Promise<void> {
  const store = findStore(place);
  const stored = await listStoredPlugins(store);
  const problems = names.flatMap((name) => findProblem(name, stored));
  if (problems.length > 0 || store.own === undefined)
    throw new KnownError("wrong-usage", problems.join("\n"), { hint: "Nothing was removed; `asdic plugins list` shows what is installed." });
  for (const name of new Set(names)) {
    const files = storedFiles(store.own, name);
    await rm(files.plugin, { force: true });
    await rm(files.origin, { force: true });
  }
}

function findProblem(name: string, stored: readonly StoredPlugin[]): readonly string[] {
  if (builtInPlugins.some((plugin) => plugin.names.includes(name))) return [`${name} comes with asdic and can't be removed.`];
  const found = stored.find((plugin) => plugin.name === name);
  if (found === undefined) return [`No plugin ${JSON.stringify(name)} is installed.`];
  return found.from === "sonobuoy" ? [`${name} is Sonobuoy's, and only Sonobuoy removes it.`] : [];
}
