import { text } from "node:stream/consumers";
import { isJsonObject, type Json, type JsonObject } from "../core/contract/json.ts";
import { isKnownError, KnownError } from "../core/contract/known-error.ts";
import { globalNode } from "../core/contract/names.ts";
import type { ResultItem } from "../core/contract/result-item.ts";
import { runStatusSchema } from "../core/contract/run-status.ts";
import { snapshotCoverageSchema } from "../core/contract/snapshot-coverage.ts";
import { errorFileSchema, manifestSchema, type ErrorFile } from "../core/contract/tarball-layout.ts";
import { parseResultTree } from "../core/results/result-yaml.ts";
import { findClusterUid } from "./find-cluster-uid.ts";
import { parseClusterHealth } from "./parse-cluster-health.ts";
import { inferTrees } from "./infer-trees.ts";
import { nameOfPlace, noRunIn, readTarball, type TarballEntry, type TarballPlace } from "./read-tarball.ts";
import { partOf, type Part } from "./run-parts.ts";
import type { Run, RunError, RunPlugin } from "./run.ts";

/** The plugin and the node that somebody wants to see; what is left out is not read, and everything where nothing is named. */
export type Wanted = { readonly plugin?: string | undefined; readonly node?: string | undefined };

/**
 * Reads a run's tarball (asdic's or Sonobuoy's) in one pass without its files; in a second one those of plugins that have no result tree. Plugins that are
 * not wanted are there by their names alone, and of errors only those of the wanted node. KnownErrors as readTarball.
 */
export async function readRun(place: TarballPlace, wanted: Wanted = {}): Promise<Run> {
  const gathered = newGathering(place);
  await readTarball(place, async (entry) => {
    const part = partOf(entry.name);
    if (part === undefined) return "more";
    if (part.kind !== "host") gathered.parts++;
    if ("plugin" in part) pluginOf(gathered, part.plugin);
    if (!isWanted(part, wanted) || (part.kind === "namespaces" && entry.size > mostNamespaceBytes)) return "more";
    if (part.kind === "host") gathered.hosts.add(part.node);
    else if (part.kind === "plugin-file") noteFile(gathered, part);
    else gather(gathered, { part, entry: entry.name, content: await readText(gathered, entry) });
    return "more";
  });
  if (gathered.parts === 0) throw noRunIn(gathered.path);
  if (gathered.facts.manifest?.kind === "snapshot") throw noRunBut(gathered.path);
  const { plugins, namedPlugins, errors, facts } = gathered;
  const names = [...new Set([...(facts.manifest?.plugins ?? []).map((plugin) => plugin.name), ...namedPlugins, ...plugins.keys()])];
  const inferred = await inferMissing(gathered);
  return {
    path: gathered.path,
    ...facts,
    plugins: names.map((name): RunPlugin => {
      const { definition, tree } = plugins.get(name) ?? {};
      return { name, tree: tree ?? inferred.get(name) ?? unknownTree(name), ...(definition && { definition }) };
    }),
    errors,
  };
}

function isWanted(part: Part, wanted: Wanted): boolean {
  if ("plugin" in part && wanted.plugin !== undefined && part.plugin !== wanted.plugin) return false;
  return part.kind !== "error" || wanted.node === undefined || [wanted.node, globalNode].includes(part.node);
}

const noRunBut = (path: string): KnownError =>
  new KnownError("invalid-tarball", `${path}: is a snapshot of a cluster, and of no run.`, {
    hint: "`asdic get KIND -f FILE` and `asdic logs -F FILE POD` show what is in it.",
  });

/** Bytes of text that are kept of one tarball at most; files of plugins, logs and objects are not. */
const keptBytes = 512 * 1024 ** 2;
/** Of a list that is there for one uid, and that a report can do without. */
const mostNamespaceBytes = 16 * 1024 ** 2;
const partBytes = 128 * 1024 ** 2;

type Facts = { -readonly [K in keyof Omit<Run, "path" | "plugins" | "errors" | "digest">]: Run[K] };
type Gathering = {
  readonly place: TarballPlace;
  readonly path: string;
  readonly plugins: Map<string, GatheredPlugin>;
  readonly hosts: Set<string>;
  readonly errors: RunError[];
  namedPlugins: readonly string[];
  readonly facts: Facts;
  parts: number;
  bytes: number;
};

/** `files` are those below results/. */
type GatheredPlugin = { definition?: JsonObject; tree?: ResultItem; readonly files: string[] };

const newGathering = (place: TarballPlace): Gathering => ({
  place,
  path: nameOfPlace(place),
  plugins: new Map(),
  hosts: new Set(),
  errors: [],
  namedPlugins: [],
  facts: {},
  parts: 0,
  bytes: 0,
});

const unknownTree = (name: string): ResultItem => ({ name, status: "unknown", meta: { type: "summary" }, items: [] });

function pluginOf(gathered: Gathering, name: string): GatheredPlugin {
  const known = gathered.plugins.get(name) ?? { files: [] };
  gathered.plugins.set(name, known);
  return known;
}

/** A run of ours that was cut off before its trees were written is not judged by what happens to be there. */
function noteFile(gathered: Gathering, { plugin, file }: Extract<Part, { readonly kind: "plugin-file" }>): void {
  const { files } = pluginOf(gathered, plugin);
  if (file !== undefined && gathered.facts.manifest === undefined) files.push(file);
}

async function inferMissing({ place, plugins, hosts }: Gathering): Promise<ReadonlyMap<string, ResultItem>> {
  const treeless = [...plugins].flatMap(([name, { definition, tree, files }]) => (tree === undefined && files.length > 0 ? [{ name, definition, files }] : []));
  return treeless.length === 0 ? new Map() : inferTrees(place, treeless, hosts);
}

async function readText(gathered: Gathering, entry: TarballEntry): Promise<string> {
  gathered.bytes += entry.size;
  if (entry.size > partBytes || gathered.bytes > keptBytes) throw invalid({ path: gathered.path, entry: entry.name }, "is too large to be what its name says");
  return text(await entry.open());
}

function gather(gathered: Gathering, { part, entry, content }: { readonly part: Part; readonly entry: string; readonly content: string }): void {
  const source = { path: gathered.path, entry, content };
  switch (part.kind) {
    case "manifest":
      gathered.facts.manifest = parseWith(manifestSchema, source);
      return;
    case "status":
      gathered.facts.status = parseWith(runStatusSchema, source);
      return;
    case "cluster-health":
      gathered.facts.clusterHealth = parseClusterHealth(parseObject(content));
      return;
    case "snapshot":
      setSnapshot(gathered.facts, parseJson(content));
      return;
    case "redaction":
      gathered.facts.redaction = parseObject(content);
      return;
    case "namespaces":
      setText(gathered.facts, "clusterUid", findClusterUid(parseJson(content)));
      return;
    case "info":
      gathered.namedPlugins = textList(parseObject(content)["plugins"]);
      return;
    case "config":
      setText(gathered.facts, "layoutVersion", parseObject(content)["Version"]);
      return;
    case "server-version":
      setText(gathered.facts, "serverVersion", parseObject(content)["gitVersion"]);
      return;
    case "definition":
      pluginOf(gathered, part.plugin).definition = parseObject(content);
      return;
    case "tree":
      pluginOf(gathered, part.plugin).tree = parseTree(source);
      return;
    case "error":
      gathered.errors.push({ plugin: part.plugin, node: part.node, file: parseErrorFile(content) });
      return;
    case "host":
    case "plugin-file":
  }
}

type Source = { readonly path: string; readonly entry: string; readonly content: string };

function parseTree({ path, entry, content }: Source): ResultItem {
  try {
    return parseResultTree(content);
  } catch (error) {
    if (isKnownError(error)) throw invalid({ path, entry }, "is no result tree", error);
    if (error instanceof RangeError) throw invalid({ path, entry }, "is nested too deeply", error);
    throw error;
  }
}

type Schema<T> = {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
};

function parseWith<T>(schema: Schema<T>, { path, entry, content }: Source): T {
  const parsed = schema.safeParse(parseJson(content));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.map(String).join(".") || "the whole"}: ${issue.message}`);
  throw invalid({ path, entry }, `is not as asdic writes it (${problems.slice(0, 5).join("; ")})`);
}

/** A broken error.json must not hide that there was an error. */
function parseErrorFile(content: string): ErrorFile {
  const parsed = errorFileSchema.safeParse(parseJson(content));
  return parsed.success ? parsed.data : { error: "An error was recorded, but its file can't be read." };
}

function parseJson(content: string): Json | undefined {
  try {
    return JSON.parse(content) as Json;
  } catch {
    return undefined;
  }
}

function parseObject(content: string): JsonObject {
  const value = parseJson(content);
  return isJsonObject(value) ? value : {};
}

const textList = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? value.filter((name) => typeof name === "string") : []);

function setText(facts: Facts, key: "layoutVersion" | "serverVersion" | "clusterUid", value: Json | undefined): void {
  if (typeof value === "string" && value !== "") facts[key] = value;
}

/** What a snapshot lacks must not keep a report from being made. */
function setSnapshot(facts: Facts, value: Json | undefined): void {
  const parsed = snapshotCoverageSchema.safeParse(value);
  if (parsed.success) facts.snapshot = parsed.data;
}

const invalid = ({ path, entry }: Pick<Source, "path" | "entry">, what: string, cause?: unknown): KnownError =>
  new KnownError("invalid-tarball", `${path}: ${entry} ${what}.`, {
    hint: "If a newer asdic wrote it, read it with that version; else fetch the tarball again with `asdic retrieve`.",
    cause,
  });
