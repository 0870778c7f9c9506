import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, visit, type Document, type Tags } from "yaml";
import type { Json } from "../../core/contract/json.ts";
import type { DocumentProblem } from "../../core/contract/plugin-definition.ts";
import type { PluginProblem } from "./problem.ts";

/** Where something stands in a file; both count from 1. */
export type Place = { readonly line: number; readonly column: number };

/** A file's one document as JSON, and where each of its parts stands; of what isn't there, the nearest part above it. */
export type PluginDocument = { readonly value: Json; readonly placeOf: (path: DocumentProblem["path"]) => Place };

/** The one YAML or JSON document of a text, or why it has none, by line and column. */
export function readDocument(text: string, source: string): PluginDocument | { readonly problems: readonly PluginProblem[] } {
  const opened = openDocuments(text, source);
  if ("problems" in opened) return opened;
  const [document, second] = opened.documents;
  if (document === undefined) return { problems: [{ source, message: "is empty, so it is no plugin" }] };
  if (second !== undefined)
    return {
      problems: [
        { source, ...placeAt(opened.lines, second.range[0]), message: "begins a second document, and a file holds one plugin; put it into a file of its own" },
      ],
    };
  return readOne(document, { source, lines: opened.lines });
}

/** The same for each document of a text that isn't empty, in order. */
export function readDocuments(text: string, source: string): readonly (PluginDocument | { readonly problems: readonly PluginProblem[] })[] {
  const opened = openDocuments(text, source);
  return "problems" in opened ? [opened] : opened.documents.map((document) => readOne(document, { source, lines: opened.lines }));
}

type Opened = { readonly documents: readonly AnyDocument[]; readonly lines: LineCounter };

function openDocuments(text: string, source: string): Opened | { readonly problems: readonly PluginProblem[] } {
  const lines = new LineCounter();
  const parsed = parseDocuments(text, lines);
  if (parsed === "too-deep") return { problems: [{ source, message: "is nested too deeply" }] };
  const documents = parsed.filter(
    (document) => document.errors.length > 0 || (isScalar(document.contents) ? document.contents.value !== null : document.contents !== null),
  );
  return { documents, lines };
}

function readOne(document: AnyDocument, { source, lines }: { readonly source: string; readonly lines: LineCounter }): ReturnType<typeof readDocument> {
  const refuse = (offset: number, message: string): PluginProblem => ({ source, ...placeAt(lines, offset), message });
  if (document.errors.some(({ code }) => code === "RESOURCE_EXHAUSTION")) return { problems: [refuse(document.range[0], "is nested too deeply")] };
  if (document.errors.length > 0)
    return { problems: document.errors.slice(0, shownSyntaxErrors).map((error) => refuse(error.pos[0], `is no YAML: ${firstLine(error.message)}`)) };
  const dangling = findDanglingAliases(document);
  if (dangling.length > 0)
    return { problems: dangling.map(({ alias, offset }) => refuse(offset, `*${alias} refers to an anchor that is not there before it`)) };
  const content = readContent(document);
  if (typeof content === "string") return { problems: [refuse(document.range[0], content)] };
  return { value: content.value, placeOf: (path) => placeAt(lines, offsetOf(document, path)) };
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
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
