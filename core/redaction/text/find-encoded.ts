import { hidden } from "../names/is-harmless.ts";
import type { Redactor } from "../redactor.ts";
import type { Span } from "../rules/rule.ts";
import { createTally } from "../tally.ts";
import { decodeRun } from "./decode-run.ts";
import type { Hit } from "./find-hits.ts";

type Part = { readonly text: string; readonly bytes: Uint8Array; readonly depth: number; readonly taken: readonly Span[] };

/** Runs of base64 or hexadecimal digits in which there is a secret, encoded anew without it: of text, and of gzip; and keys of Twilio, which look like such runs. Parts that are hidden anyway are not looked into. */
export function findEncoded(redactor: Redactor, { text, bytes, depth, taken }: Part): readonly Hit[] {
  const hits: Hit[] = [];
  let next = 0;
  for (let at = shortestRun - 1; at < text.length; at += shortestRun) {
    if (codes[bytes[at] ?? 0] !== 1) continue;
    const run = runAround(bytes, at, text.length);
    at = Math.max(at, run.end - 1);
    if (run.end - run.start < shortestRun) continue;
    while (next < taken.length && (taken[next]?.end ?? 0) <= run.start) next++;
    if ((taken[next]?.start ?? Infinity) < run.end) continue;
    if (!maySpeak(bytes, run.start)) continue;
    const content = text.slice(run.start, run.end);
    const isTwilio = run.end - run.start === 34 && /^(?:AC|SK)[0-9a-f]{32}$/.test(content);
    const replacement = isTwilio ? hidden : redactEncoded(redactor, content, depth);
    if (replacement !== undefined) hits.push({ ...run, rule: isTwilio ? "twilio-sid" : "inside-base64", replacement });
  }
  return hits;
}

/** Shorter ones hold no secret with its name. */
const shortestRun = 24;

/** 1 for what base64 is made of, in both alphabets. */
const codes = Uint8Array.from({ length: 256 }, (_, code) => Number(/[A-Za-z0-9+/_-]/.test(String.fromCharCode(code))));

/** The run, with its padding; lines of 64 or 76 characters are one run. */
function runAround(bytes: Uint8Array, at: number, length: number): Span {
  let [start, end] = [at, at];
  while (start > 0 && codes[bytes[start - 1] ?? 0] === 1) start--;
  for (let line = start; ;) {
    while (end < length && codes[bytes[end] ?? 0] === 1) end++;
    const width = end - line;
    if ((width === 64 || width === 76) && bytes[end] === 10 && codes[bytes[end + 1] ?? 0] === 1) {
      line = end + 1;
      end = line;
    } else break;
  }
  while (end < length && bytes[end] === 61) end++;
  return { start, end };
}

/** Whether each third byte that the run's start stands for is one of text, as digests and UUIDs hardly ever have it; or a key of Twilio stands there. */
function maySpeak(bytes: Uint8Array, start: number): boolean {
  // gzip begins with H4sI.
  if (bytes[start] === 72 && bytes[start + 1] === 52 && bytes[start + 2] === 115) return true;
  for (let at = start; at < start + 20; at += 4)
    if (speaking[bytes[at] ?? 0] !== 1) return isKeyStart(bytes, start) || mayBeHex(bytes, start) || mayBeWide(bytes, start);
  return true;
}

/** Whether the upper half of each of the first bytes is one of printable characters. */
function mayBeHex(bytes: Uint8Array, start: number): boolean {
  for (let at = start; at < start + 20; at += 2) if ((bytes[at] ?? 0) < 50 || (bytes[at] ?? 0) > 55) return false;
  return true;
}

/** Whether every other byte may be zero, as of UTF-16: "A" stands for six bits that are none. */
function mayBeWide(bytes: Uint8Array, start: number): boolean {
  for (let at = start; at < start + 16; at += 8) if (speaking[bytes[at] ?? 0] !== 1 || bytes[at + 4] !== 65) return false;
  return true;
}

/** The letters that stand for the upper six bits of printable characters, tabs and line ends. */
const speaking = Uint8Array.from({ length: 256 }, (_, code) => Number(/[CDI-Za-f]/.test(String.fromCharCode(code))));
const isKeyStart = (bytes: Uint8Array, start: number): boolean =>
  (bytes[start] === 65 && bytes[start + 1] === 67) || (bytes[start] === 83 && bytes[start + 1] === 75);

/** The run encoded anew without its secrets; undefined if it has none, or stands for no text. */
function redactEncoded(redactor: Redactor, run: string, depth: number): string | undefined {
  const decoded = decodeRun(run);
  if (decoded === undefined) return undefined;
  const clean = redactor.readBytes(redactor, decoded.plain, { tally: createTally(), depth: depth + 1 });
  return clean === decoded.plain ? undefined : decoded.encode(clean);
}
