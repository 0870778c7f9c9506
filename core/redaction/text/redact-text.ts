import type { Redactor } from "../redactor.ts";
import { count } from "../tally.ts";
import type { Tally } from "../tally.ts";
import { findEncoded } from "./find-encoded.ts";
import { findHits } from "./find-hits.ts";
import type { Hit } from "./find-hits.ts";
import { isNoise } from "./is-noise.ts";
import { findQuotedSecrets } from "./find-quoted-secrets.ts";
import { findSecretManifests } from "./find-secret-manifests.ts";
import { findTables } from "./find-tables.ts";
import { mergeHits } from "./merge-hits.ts";
import { withoutColours } from "./without-colours.ts";

/** Where a text is redacted: how many layers of encoding and quoting lie around it. */
export type Depth = number;

/** Deeper inside of JSON in strings, base64 and archives nothing is read. */
export const deepest: Depth = 6;

/** A text without its secrets; the same string where there are none. */
export function redactText(
  redactor: Redactor,
  text: string,
  { tally, depth = 0, isLatin1 = false }: { readonly tally: Tally; readonly depth?: Depth; readonly isLatin1?: boolean },
): string {
  if (text.length < (redactor.hasNames ? 3 : shortest)) return text;
  const plain = withoutColours(text);
  const hits = withLowBytes(plain, (bytes) => findAll(redactor, { text: plain, bytes, depth, isLatin1 }));
  return hits.length === 0 ? text : replaceHits(text, hits, tally);
}

/** Secrets of a text, also those inside of base64; with `isLatin1` it is bytes that may be no text at all. */
export function findAll(
  redactor: Redactor,
  { text, bytes, depth, isLatin1 }: { readonly text: string; readonly bytes: Uint8Array; readonly depth: Depth; readonly isLatin1: boolean },
): readonly Hit[] {
  const quoted = depth < deepest ? findQuotedSecrets(redactor, text, depth) : [];
  const all = findHits(redactor, text, bytes);
  const found = isLatin1 ? all.filter((hit) => !isNoise(text, hit)) : all;
  const hits = mergeHits(mergeHits(mergeHits(quoted, findSecretManifests(text)), findTables(text)), found);
  return mergeHits(hits, depth < deepest ? findEncoded(redactor, { text, bytes, depth, taken: hits }) : []);
}

/** The text with each hit's replacement in its place, counted. */
function replaceHits(text: string, hits: readonly Hit[], tally: Tally): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, rule, replacement } of hits) {
    parts.push(text.slice(at, start), replacement);
    at = end;
    count(tally, rule);
  }
  return `${parts.join("")}${text.slice(at)}`;
}

/** Shorter than that nothing can be found. */
const shortest = 6;

/** Strings of objects are short and many: one buffer serves them all, but for those that are found inside of one that is still being read. */
function withLowBytes<Found>(text: string, find: (bytes: Uint8Array) => Found): Found {
  if (isTaken || text.length > scratch.length) return find(Buffer.from(text, "latin1"));
  isTaken = true;
  try {
    scratch.write(text, 0, "latin1");
    return find(text.length < views.length ? (views[text.length] ??= scratch.subarray(0, text.length)) : scratch.subarray(0, text.length));
  } finally {
    isTaken = false;
  }
}

const scratch = Buffer.alloc(64 * 1024);
let isTaken = false;
/** Its beginnings by their lengths: a view takes longer to be made than a short string to be looked at. */
const views: (Uint8Array | undefined)[] = Array.from({ length: 512 });
