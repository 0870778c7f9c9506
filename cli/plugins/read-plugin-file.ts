import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, visit, type Document, type Tags } from "yaml";
import { isJsonObject, type Json, type JsonObject } from "../../core/contract/json.ts";
import { parsePluginDefinition, type DocumentProblem, type PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { findVariableProblems } from "./find-variable-problems.ts";
import type { PluginProblem } from "./problem.ts";

export type ReadPlugin = { readonly definition: PluginDefinition; readonly line: number } | { readonly problems: readonly PluginProblem[] };

/** A plugin file's text as a definition, or all that is wrong with it by line; `name` replaces the plugin's own. */
export function readPluginFile({ text, source, name }: { readonly text: string; readonly source: string; readonly name?: string | undefined }): ReadPlugin {
  const lines = new LineCounter();
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  const parsed = parseDocuments(text, lines);
  if (parsed === "too-deep") return { problems: [{ source, message: "is nested too deeply" }] };
  const documents = parsed.filter(
    (document) => document.errors.length > 0 || (isScalar(document.contents) ? document.contents.value !== null : document.contents !== null),
  );
  const [document, second] = documents;
  if (document === undefined) return { problems: [{ source, message: "is empty, so it is no plugin" }] };
  if (second !== undefined)
    return {
      problems: [{ source, line: lineAt(second.range[0]), message: "begins a second document, and a file holds one plugin; put it into a file of its own" }],
    };
  if (document.errors.some(({ code }) => code === "RESOURCE_EXHAUSTION"))
    return { problems: [{ source, line: lineAt(document.range[0]), message: "is nested too deeply" }] };
  if (document.errors.length > 0)
    return {
      problems: document.errors
        .slice(0, shownSyntaxErrors)
        .map((error) => ({ source, line: lineAt(error.pos[0]), message: `is no YAML: ${firstLine(error.message)}` })),
    };
  const dangling = findDanglingAliases(document);
  if (dangling.length > 0)
    return {
      problems: dangling.map(({ alias, offset }) => ({ source, line: lineAt(offset), message: `*${alias} refers to an anchor that is not there before it` })),
    };
  const content = readContent(document);
  if (typeof content === "string") return { problems: [{ source, line: lineAt(document.range[0]), message: content }] };
  const value = name === undefined ? content.value : renamePlugin(content.value, name);
  const result = parsePluginDefinition(value);
  const problems = [...("problems" in result ? result.problems : []), ...findVariableProblems(value)];
  if ("definition" in result && problems.length === 0) return { ...result, line: lineAt(offsetOf(document, ["sonobuoy-config", "plugin-name"])) };
  return { problems: problems.map(({ path, message }) => ({ source, line: lineAt(offsetOf(document, path)), path: path.join("."), message })) };
}

/** One slip in YAML's syntax is followed by many more errors that say nothing. */
const shownSyntaxErrors = 3;

type AnyDocument = Document.Parsed;

function parseDocuments(text: string, lineCounter: LineCounter): readonly AnyDocument[] | "too-deep" {
  try {
    const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false, schema: "yaml-1.1", customTags: chooseTags, logLevel: "error" });
    return [...documents];
  } catch (error) {
    if (error instanceof RangeError) return "too-deep";
    throw error;
  }
}

/** YAML as Kubernetes' tools read it: 1.1, with octal numbers, yes and no, but neither times nor sexagesimal numbers. */
const chooseTags = (tags: Tags): Tags =>
  tags.filter(
    (tag) =>
      typeof tag === "string" ||
      !(tag.format === "TIME" || ["timestamp", "binary", "omap", "pairs", "set"].includes(tag.tag.slice("tag:yaml.org,2002:".length))),
  );

type DanglingAlias = { readonly alias: string; readonly offset: number };

function findDanglingAliases(document: AnyDocument): readonly DanglingAlias[] {
  const found: DanglingAlias[] = [];
  const anchors = new Set<string>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node) && !anchors.has(node.source)) found.push({ alias: node.source, offset: node.range?.[0] ?? 0 });
      else if (!isAlias(node) && node.anchor !== undefined) anchors.add(node.anchor);
    },
  });
  return found;
}

/** The document's value, or why it has none; a few lines of aliases may stand for gigabytes. */
function readContent(document: AnyDocument): { readonly value: Json } | string {
  try {
    return { value: parseJson(document.toJS({ maxAliasCount: 100 })) };
  } catch (error) {
    if (error instanceof RangeError) return "is nested too deeply";
    if (error instanceof ReferenceError) return `its anchors and aliases can't be resolved: ${firstLine(error.message)}`;
    throw error;
  }
}

/** The chosen tags yield nothing but JSON's types, apart from numbers that JSON has not got. */
const parseJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;

const renamePlugin = (value: Json, name: string): Json =>
  isJsonObject(value) && isJsonObject(value["sonobuoy-config"])
    ? { ...value, "sonobuoy-config": { ...(value["sonobuoy-config"] satisfies JsonObject), "plugin-name": name } }
    : value;

/** Where a path's key or item stands, or the nearest thing above it that is there. */
function offsetOf(document: AnyDocument, path: DocumentProblem["path"]): number {
  let node: unknown = document.contents;
  let offset = document.range[0];
  if (isMap(node) || isSeq(node)) offset = node.range?.[0] ?? offset;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return offset;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (!(isMap(node) || isSeq(node) || isScalar(node) || isAlias(node))) return offset;
      offset = node.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

const firstLine = (message: string): string => (message.split("\n")[0] ?? "").replace(/ at line .*$/, "");
