import type { Alias, Document, Node } from "yaml";
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, Scalar, visit } from "yaml";
import type { Json } from "../../contract/json.ts";
import { isJsonObject } from "../../contract/json.ts";
import type { Place, Redactor } from "../redactor.ts";
import { redactObject } from "./redact-object.ts";

/** YAML, one document or many, with its secrets replaced where they stand and all else as it was; undefined if it is no YAML. */
export function redactYamlText(redactor: Redactor, text: string, place: Place): string | undefined {
  const documents = parseDocuments(text);
  if (documents === undefined) return undefined;
  const edits = documents.flatMap((document) => {
    const value = readValue(document);
    return value === undefined ? [] : findEdits({ text, node: document.contents, before: value, after: redactObject(redactor, value, place) });
  });
  if (edits.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, content } of edits.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    parts.push(text.slice(at, start), content);
    at = end;
  }
  return `${parts.join("")}${text.slice(at)}`;
}

function parseDocuments(text: string): readonly Document.Parsed[] | undefined {
  try {
    const documents = [...parseAllDocuments(text, { prettyErrors: false, logLevel: "error", uniqueKeys: false })] as Document.Parsed[];
    return documents.some(({ errors }) => errors.length > 0) ? undefined : documents;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The document as JSON; nothing where its aliases stand for more than they should. */
function readValue(document: Document.Parsed): Json | undefined {
  visit(document, { Alias: (_key, node) => (node.resolve(document) === undefined ? starsOf(node) : undefined) });
  const value = document.toJS({ maxAliasCount: 100 }) as Json;
  return value === null || typeof value !== "object" ? undefined : value;
}

/** A row of stars is no alias, but what somebody has put in a secret's place. */
function starsOf({ source, range }: Alias): Scalar {
  const stars = new Scalar(`*${source}`);
  stars.range = range ?? null;
  return stars;
}

type Edit = { readonly start: number; readonly end: number; readonly content: string };
type Pair = { readonly text: string; readonly node: Node | null; readonly before: Json; readonly after: Json };

/** What must change in the text so that it says `after`. */
function findEdits({ text, node, before, after }: Pair): readonly Edit[] {
  if (before === after || node === null || isAlias(node)) return [];
  if (isScalar(node)) return staysText(text, node) ? [] : [editScalar(text, node, after)];
  if (isSeq(node) && Array.isArray(before) && Array.isArray(after))
    return node.items.flatMap((item, index) => findEdits({ text, node: item as Node, before: before[index] as Json, after: after[index] as Json }));
  if (isMap(node) && isJsonObject(before) && isJsonObject(after))
    return node.items.flatMap(({ key, value }, at) => {
      const name = isScalar(key) ? String(key.value) : String(key);
      const [was, is] = [before[name], after[name]];
      if (name === "<<" || was === undefined || is === undefined) return [];
      // Lists of headers and what kubectl describes are no YAML, but may look so: the object has only the last value of each name, and the others are read as text.
      if (was !== is && node.items.slice(at + 1).some((later) => isScalar(later.key) && String(later.key.value) === name)) return [];
      return findEdits({ text, node: value as Node | null, before: was, after: is });
    });
  return [];
}

/** Words over several lines without quotes are mostly no YAML, but what a program printed: they are read as text, line by line. */
const staysText = (text: string, { type, range }: Scalar): boolean => type === "PLAIN" && text.slice(range?.[0], range?.[1]).includes("\n");

/** A block stays a block, so that lines stay lines; everything else is written in quotes. */
function editScalar(text: string, node: Scalar, after: Json): Edit {
  const [start, end] = node.range ?? [0, 0];
  if (typeof after !== "string") return { start, end, content: JSON.stringify(after) };
  if (node.type === "BLOCK_LITERAL" && after.includes("\n")) {
    const source = text.slice(start, end);
    const header = source.slice(0, source.indexOf("\n") + 1);
    const indent = /^( +)\S/m.exec(source.slice(header.length))?.[1] ?? "  ";
    const lines = after.replace(/\n$/, "").split("\n");
    return { start, end, content: `${header}${lines.map((line) => (line === "" ? "" : `${indent}${line}`)).join("\n")}\n` };
  }
  const isBlock = node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
  const isPlain = node.type === "PLAIN" && /^[A-Za-z][\w@./+=-]*(?: [\w@./+=()-]+)*$/.test(after);
  return { start, end, content: `${isPlain ? after : JSON.stringify(after)}${isBlock ? "\n" : ""}` };
}
