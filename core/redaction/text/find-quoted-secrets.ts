import type { Redactor } from "../redactor.ts";
import { createTally } from "../tally.ts";
import type { Hit } from "./find-hits.ts";

/** Objects of kind Secret that stand in a text as JSON in a string of JSON: none of their data has a name that tells. Each is read by its structure and quoted anew. */
export function findQuotedSecrets(redactor: Redactor, text: string, depth: number): readonly Hit[] {
  if (!text.includes('\\"Secret\\"')) return [];
  const hits: Hit[] = [];
  for (let at = text.indexOf(opening); at !== -1; at = text.indexOf(opening, at + opening.length)) {
    string.lastIndex = at;
    const found = string.exec(text)?.[0];
    if (found === undefined) continue;
    const plain = parseString(found);
    const clean = plain?.includes('"Secret"') === true ? redactor.readString(redactor, plain, { tally: createTally(), depth: depth + 1 }) : plain;
    if (clean !== undefined && clean !== plain) hits.push({ start: at, end: at + found.length, rule: "secret-data", replacement: JSON.stringify(clean) });
    at += found.length - opening.length;
  }
  return hits;
}

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
