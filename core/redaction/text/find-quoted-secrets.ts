import type { Redactor } from "../redactor.ts";
import { createTally } from "../tally.ts";
import type { Hit } from "./find-hits.ts";

/** Objects of kind Secret that stand in a text as JSON, at the end of a line or in a string of JSON: none of their data has a name that tells. Each is read by its structure and quoted anew. */
export function findQuotedSecrets(redactor: Redactor, text: string, depth: number): readonly Hit[] {
  if (!text.includes("Secret")) return [];
  return [...findLines(redactor, text, depth), ...(text.includes('\\"Secret\\"') ? findStrings(redactor, text, depth) : [])].toSorted(
    (a, b) => a.start - b.start,
  );
}

/** Lines that end with an object in which a Secret stands, behind a time or a name; those that begin with it are read as JSON anyway. */
function findLines(redactor: Redactor, text: string, depth: number): readonly Hit[] {
  const hits: Hit[] = [];
  for (let at = text.indexOf(kind); at !== -1; at = text.indexOf(kind, at + kind.length)) {
    const from = text.lastIndexOf("\n", at) + 1;
    const to = text.indexOf("\n", at) === -1 ? text.length : text.indexOf("\n", at);
    const start = text.indexOf('{"', from);
    const end = text.lastIndexOf("}", to) + 1;
    at = to - kind.length;
    if (end - from > longestLine || start === -1 || start > at || end <= start) continue;
    const plain = text.slice(start, end);
    const clean = redactor.readString(redactor, plain, { tally: createTally(), depth: depth + 1 });
    if (clean !== plain) hits.push({ start, end, rule: "secret-data", replacement: clean });
  }
  return hits;
}

const kind = '"kind":"Secret"';
const longestLine = 256 * 1024;

function findStrings(redactor: Redactor, text: string, depth: number): readonly Hit[] {
  const hits: Hit[] = [];
  for (let at = text.indexOf(opening); at !== -1; at = text.indexOf(opening, at + opening.length)) {
    string.lastIndex = at;
    // A quote with a backslash is inside of a string that was read already; without this many would be read to the same end.
    const found = text.charCodeAt(at - 1) === backslash ? undefined : string.exec(text)?.[0];
    if (found === undefined) continue;
    const plain = parseString(found);
    const clean = plain?.includes('"Secret"') === true ? redactor.readString(redactor, plain, { tally: createTally(), depth: depth + 1 }) : plain;
    if (clean !== undefined && clean !== plain) hits.push({ start: at, end: at + found.length, rule: "secret-data", replacement: JSON.stringify(clean) });
    at += found.length - opening.length;
  }
  return hits;
}

const backslash = 92;
const opening = '"{\\"';
const string = /"(?:[^"\\]|\\.){2,65536}"/y;

function parseString(quoted: string): string | undefined {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
