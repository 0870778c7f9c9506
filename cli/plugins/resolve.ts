import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { nearestName } from "../../core/contract/nearest-name.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { builtInPlugins } from "../../plugins/built-ins.ts";
import type { ConformanceOptions } from "../../plugins/conformance/definition.ts";
import { checkName } from "./check-name.ts";
import { findUnmetNeeds } from "./find-unmet-needs.ts";
import { listPluginFiles, noPluginFiles } from "./list-plugin-files.ts";
import { buildPluginsError, type PluginProblem } from "./problem.ts";
import { readPluginFile } from "./read-plugin-file.ts";
import { isUrl, readPluginText } from "./read-plugin-text.ts";
import type { PluginDocument } from "./read-document.ts";
import { findStore } from "./store/find-store.ts";
import { readStored } from "./store/read-stored.ts";
import { findStoredPlugin, listStoredPlugins } from "./store/stored-plugin.ts";

/** A plugin that was asked for, and the name, file or address that it came from. */
export type ResolvedPlugin = {
  readonly source: string;
  readonly definition: PluginDefinition;
  /** Where its name stands; a built-in has no lines. */
  readonly line?: number | undefined;
  /** Where a part of its document stands. */
  readonly placeOf?: PluginDocument["placeOf"];
};

export type ResolveRequest = {
  /** As typed after -p: the name of a built-in or installed plugin, file, folder or URL; all but built-ins and folders with `@newname` behind. */
  readonly wanted: readonly string[];
  readonly cwd: string;
  /** Says where plugins are installed and which proxy leads to addresses; left out, none are and none does. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly conformance?: ConformanceOptions | undefined;
  readonly signal: AbortSignal;
};

/** Every plugin that was asked for, in that order; or one KnownError "invalid-plugin" with all that is wrong with any of them. */
export async function resolvePlugins(request: ResolveRequest): Promise<readonly ResolvedPlugin[]> {
  const found: ResolvedPlugin[] = [];
  const problems: PluginProblem[] = [];
  for (const wanted of request.wanted)
    for (const each of await resolveOne(wanted, request)) {
      if (!("definition" in each)) problems.push(...each.problems);
      else {
        problems.push(...findConflicts(each, found));
        found.push(each);
      }
    }
  // While some can't be read, it's not known which names there are.
  if (problems.length === 0) problems.push(...findUnmetNeeds(found));
  if (problems.length > 0) throw buildPluginsError(problems);
  return found;
}

type Resolved = ResolvedPlugin | { readonly problems: readonly PluginProblem[] };

async function resolveOne(wanted: string, request: ResolveRequest): Promise<readonly Resolved[]> {
  if (wanted === "") return [refuse('-p ""', "names no plugin")];
  const builtIn = builtInPlugins.find(({ names }) => names.includes(wanted));
  if (builtIn !== undefined) return [{ source: wanted, definition: builtIn.definition({ name: wanted, conformance: request.conformance }) }];
  const found = await readSource({ source: wanted, name: undefined, request });
  if (found !== undefined) return found;
  const at = wanted.lastIndexOf("@");
  const [source, name] = at > wanted.lastIndexOf("/") ? [wanted.slice(0, at), wanted.slice(at + 1)] : [wanted, undefined];
  if (name === undefined || source === "") return [await unknown(wanted, request)];
  if (builtInPlugins.some(({ names }) => names.includes(source))) return [refuse(wanted, "a built-in plugin can't be renamed")];
  const renamed = await readSource({ source, name, request });
  if (renamed === undefined) return [await unknown(wanted, request)];
  const problem = checkName(name);
  return problem === undefined ? renamed : [refuse(wanted, `the new name ${problem}`)];
}

type Source = { readonly source: string; readonly name: string | undefined; readonly request: ResolveRequest };

/** What an installed plugin, a file, a folder or an address holds; undefined where there is none. An address is there as far as this can tell, unless a new name follows its last slash. */
async function readSource({ source, name, request }: Source): Promise<readonly Resolved[] | undefined> {
  const context = { environment: {}, ...request };
  const stored = await findStoredPlugin(findStore(context), source);
  if (stored !== undefined) {
    const read = await readStored(stored, { ...context, rename: name });
    return ["problems" in read ? read : { source: stored.path, ...read }];
  }
  if (isUrl(source))
    return new URL(source).pathname.includes("@", new URL(source).pathname.lastIndexOf("/")) ? undefined : [await readOne({ source, name, request })];
  if ((await stat(resolve(request.cwd, source)).catch(() => undefined)) === undefined) return undefined;
  const files = await listPluginFiles(source, request.cwd);
  if (files === undefined) return [await readOne({ source, name, request })];
  if (name !== undefined) return [refuse(source, "is a folder, whose plugins can't be renamed")];
  if (files.length === 0) return [refuse(source, noPluginFiles)];
  return Promise.all(files.map((file) => readOne({ source: file, name: undefined, request })));
}

async function readOne({ source, name, request }: Source): Promise<Resolved> {
  const read = await readPluginText(source, { environment: {}, ...request });
  if ("refusal" in read) return refuse(source, read.refusal);
  const plugin = readPluginFile({ text: read.text, source, name });
  return "problems" in plugin ? plugin : { source, ...plugin };
}

/** What only shows once all plugins are known, or once one is a whole: its name twice, its size. */
function findConflicts({ source, line, definition }: ResolvedPlugin, before: readonly ResolvedPlugin[]): readonly PluginProblem[] {
  const same = before.find((other) => other.definition.name === definition.name);
  const size = Buffer.byteLength(JSON.stringify(definition));
  return [
    ...(same === undefined
      ? []
      : same.source === source
        ? [{ source, message: "is given twice" }]
        : [{ source, line, path: "sonobuoy-config.plugin-name", message: `"${definition.name}" is already the name of the plugin in ${same.source}` }]),
    ...(size <= largestDefinition
      ? []
      : [{ source, line: line && 1, message: `the definition has ${Math.ceil(size / 1024)} KiB, and 180 KiB is the most that one can have` }]),
  ];
}

const largestDefinition = 180 * 1024;

async function unknown(wanted: string, { environment = {}, cwd }: ResolveRequest): Promise<Resolved> {
  const builtIns = builtInPlugins.flatMap((plugin) => plugin.names);
  const installed = (await listStoredPlugins(findStore({ environment, cwd }))).map(({ name }) => name);
  const nearest = nearestName(wanted, [...builtIns, ...installed]);
  const advice = nearest === undefined ? "" : `; did you mean ${nearest}?`;
  const known = installed.length === 0 ? "" : ` nor an installed one (${installed.join(", ")})`;
  return refuse(wanted, `is neither a built-in plugin (${builtIns.join(", ")})${known} nor a file, folder or http(s) address that is there${advice}`);
}

const refuse = (source: string, message: string): { readonly problems: readonly PluginProblem[] } => ({ problems: [{ source, message }] });
