import { isHarmless } from "../names/is-harmless.ts";
import { hideSecretValue } from "../objects/hide-secret-data.ts";
import type { Span } from "../rules/rule.ts";
import type { Hit } from "./find-hits.ts";
import { readManifestLines } from "./read-manifest-lines.ts";

/** The values of Secrets that stand as YAML in a text, over lines of a log or in a string with escaped line ends, in order: none of their keys has a name that tells. */
export function findSecretManifests(text: string): readonly Hit[] {
  const hits: Hit[] = [];
  let done = 0;
  // A capital is rarer than the letters in front of it.
  for (let at = text.indexOf("Secret"); at !== -1; at = text.indexOf("Secret", at + 1)) {
    const start = at - field.length;
    if (!text.startsWith(field, start)) continue;
    const values = findValues(text, readManifestLines(text, { start, end: at + "Secret".length })).filter((hit) => hit.start >= done);
    done = values.at(-1)?.end ?? done;
    hits.push(...values);
  }
  return hits;
}

const field = "kind: ";

/** In which field of the Secret a line lies, how far its keys are indented, and whether the lines of a block follow. */
type Position = { readonly field: string | undefined; readonly indent: number; readonly isBlock: boolean };

const outside: Position = { field: undefined, indent: 0, isBlock: false };

function findValues(text: string, lines: readonly Span[]): readonly Hit[] {
  const hits: Hit[] = [];
  let position = outside;
  for (const { start, end } of lines) {
    const line = text.slice(start, end);
    const depth = line.length - line.trimStart().length;
    if (depth === 0) {
      const name = /^(data|stringData):\s*$/.exec(line)?.[1];
      position = { field: name, indent: 0, isBlock: false };
      continue;
    }
    if (position.field === undefined || line.trim() === "") continue;
    const entry = position.isBlock && depth > position.indent ? { key: "", before: depth, value: line.slice(depth) } : readEntry(line);
    if (entry === undefined) continue;
    const isBlock = position.isBlock && depth > position.indent;
    if (!isBlock) position = { field: position.field, indent: depth, isBlock: blockMark.test(entry.value) };
    const clean = isHarmless(entry.value) ? entry.value : hideSecretValue(entry.key, entry.value, position.field === "stringData");
    if (clean === entry.value || (!isBlock && position.isBlock)) continue;
    const from = start + entry.before;
    hits.push({ start: from, end: from + entry.value.length, rule: "secret-data", replacement: String(clean) });
  }
  return hits;
}

/** A block of YAML, and a value that begins on the next line. */
const blockMark = /^(?:[|>][+-]?\d?)?$/;

type Entry = { readonly key: string; readonly before: number; readonly value: string };

/** A key and its value, without quotes. */
function readEntry(line: string): Entry | undefined {
  const [, before, key, value] = entryLine.exec(line) ?? [];
  return before === undefined || key === undefined || value === undefined ? undefined : { key, before: before.length, value: value.trimEnd() };
}

const entryLine = /^(\s{1,200}\\{0,7}["']?([\w.-]{1,253})\\{0,7}["']?:[ \t]{0,40}\\{0,7}["']?)([^"'\\]*)/;
