import { join, resolve } from "node:path";
import { readdir, readFile, stat } from "node:fs/promises";
import { isKnownError, KnownError } from "../../core/contract/known-error.ts";
import { parsePluginDefinition, type PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { builtInPlugins } from "../../plugins/built-ins.ts";
import type { ConformanceOptions } from "../../plugins/conformance/definition.ts";
import { fetchPlugin, largestPluginFile } from "./fetch-plugin.ts";
import { buildPluginsError, type PluginProblem } from "./problem.ts";
import { readPluginFile } from "./read-plugin-file.ts";

/** A plugin that was asked for, and the name, file or address that it came from. */
export type ResolvedPlugin = {
  readonly source: string;
  readonly definition: PluginDefinition;
  /** Where its name stands; a built-in has no lines. */
  readonly line?: number | undefined;
};

export type ResolveRequest = {
  /** As typed after -p: built-in name, file, folder or URL, the last but folders with `@newname` behind. */
  readonly wanted: readonly string[];
  readonly cwd: string;
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
  if (problems.length > 0) throw buildPluginsError(problems);
  return found;
}

type Resolved = ResolvedPlugin | { readonly problems: readonly PluginProblem[] };

async function resolveOne(wanted: string, request: ResolveRequest): Promise<readonly Resolved[]> {
  const builtIn = builtInPlugins.find(({ names }) => names.includes(wanted));
  if (builtIn !== undefined) return [{ source: wanted, definition: builtIn.definition({ name: wanted, conformance: request.conformance }) }];
  if (await isThere(wanted, request)) return readSource({ source: wanted, name: undefined, request });
  const at = wanted.lastIndexOf("@");
  const [source, name] = at > wanted.lastIndexOf("/") ? [wanted.slice(0, at), wanted.slice(at + 1)] : [wanted, undefined];
  if (name === undefined || source === "") return [unknown(wanted)];
  if (builtInPlugins.some(({ names }) => names.includes(source))) return [refuse(wanted, "a built-in plugin can't be renamed")];
  if (!(await isThere(source, request))) return [unknown(wanted)];
  const problem = checkName(name);
  return problem === undefined ? readSource({ source, name, request }) : [refuse(wanted, `the new name ${problem}`)];
}

/** An address is there as far as this can tell, unless a new name follows its last slash. */
async function isThere(source: string, { cwd }: ResolveRequest): Promise<boolean> {
  if (isUrl(source)) return !new URL(source).pathname.includes("@", new URL(source).pathname.lastIndexOf("/"));
  return (await statOf(source, cwd)) !== undefined;
}

type Source = { readonly source: string; readonly name: string | undefined; readonly request: ResolveRequest };

async function readSource({ source, name, request }: Source): Promise<readonly Resolved[]> {
  const folder = isUrl(source) ? undefined : await statOf(source, request.cwd);
  if (folder?.isDirectory() !== true) return [await readOne({ source, name, request })];
  if (name !== undefined) return [refuse(source, "is a folder, whose plugins can't be renamed")];
  const files = (await readdir(resolve(request.cwd, source))).filter((file) => /\.ya?ml$/.test(file)).toSorted();
  if (files.length === 0) return [refuse(source, "is a folder without .yaml or .yml files")];
  return Promise.all(files.map((file) => readOne({ source: join(source, file), name: undefined, request })));
}

async function readOne({ source, name, request }: Source): Promise<Resolved> {
  try {
    const text = isUrl(source) ? await fetchPlugin(source, request.signal) : await readText(source, request.cwd);
    const read = readPluginFile({ text, source, name });
    return "problems" in read ? read : { source, ...read };
  } catch (error) {
    if (isKnownError(error)) return refuse(source, error.message);
    if (error instanceof Error && "code" in error && "syscall" in error)
      return refuse(source, `can't be read: ${reasons[String(error.code)] ?? String(error.code)}`);
    throw error;
  }
}

const reasons: Record<string, string | undefined> = { EACCES: "you may not read it", EISDIR: "it is a folder", ENOENT: "there is no such file" };

async function readText(source: string, cwd: string): Promise<string> {
  const path = resolve(cwd, source);
  const { size } = await stat(path);
  if (size > largestPluginFile) throw new KnownError("invalid-plugin", "is larger than 1 MiB");
  return readFile(path, "utf8");
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

function unknown(wanted: string): Resolved {
  const names = builtInPlugins.flatMap((plugin) => plugin.names).join(", ");
  return refuse(wanted, `is neither a built-in plugin (${names}) nor a file, folder or http(s) address that is there`);
}

const refuse = (source: string, message: string): { readonly problems: readonly PluginProblem[] } => ({ problems: [{ source, message }] });

/** What is wrong with a name, by the same rule as in a file. */
function checkName(name: string): string | undefined {
  const parsed = parsePluginDefinition({ "sonobuoy-config": { driver: "Job", "plugin-name": name }, spec: { image: "any" } });
  return "problems" in parsed ? parsed.problems.map(({ message }) => message).join(", ") : undefined;
}

const isUrl = (source: string): boolean => /^https?:\/\//.test(source) && URL.canParse(source);

const statOf = (path: string, cwd: string) => stat(resolve(cwd, path)).catch(() => undefined);
