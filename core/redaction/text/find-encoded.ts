import { gunzipSync, gzipSync } from "node:zlib";
import { hidden } from "../names/is-harmless.ts";
import type { Redactor } from "../redactor.ts";
import type { Span } from "../rules/rule.ts";
import { createTally } from "../tally.ts";
import type { Hit } from "./find-hits.ts";

type Part = { readonly text: string; readonly bytes: Uint8Array; readonly depth: number; readonly taken: readonly Span[] };

/** Runs of base64 in which there is a secret, encoded anew without it: of text, and of gzip; and keys of Twilio, which look like such runs. Parts that are hidden anyway are not looked into. */
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
const longestUnpacked = 32 * 1024 * 1024;

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
  for (let at = start; at < start + 20; at += 4) if (speaking[bytes[at] ?? 0] !== 1) return isKeyStart(bytes, start);
  return true;
}

/** The letters that stand for the upper six bits of printable characters, tabs and line ends. */
const speaking = Uint8Array.from({ length: 256 }, (_, code) => Number(/[CDI-Za-f]/.test(String.fromCharCode(code))));
const isKeyStart = (bytes: Uint8Array, start: number): boolean =>
  (bytes[start] === 65 && bytes[start + 1] === 67) || (bytes[start] === 83 && bytes[start + 1] === 75);

/** The run encoded anew without its secrets; undefined if it has none, or is no base64 of text. */
function redactEncoded(redactor: Redactor, run: string, depth: number): string | undefined {
  if (!isTextLike(Buffer.from(run.slice(0, 24), "base64").subarray(0, 16))) return undefined;
  const content = Buffer.from(run, "base64");
  const isPacked = content[0] === 0x1f && content[1] === 0x8b;
  const plain = isPacked ? unpack(content) : content;
  if (plain === undefined) return undefined;
  const clean = redactor.readBytes(redactor, plain, { tally: createTally(), depth: depth + 1 });
  if (clean === plain) return undefined;
  const text = (isPacked ? gzipSync(clean) : clean).toString(/[-_]/.test(run) ? "base64url" : "base64");
  const width = run.indexOf("\n");
  return width === -1 ? text : (text.match(new RegExp(`.{1,${width}}`, "g")) ?? []).join("\n");
}

/** What is broken or unpacks to too much is no text that could be read. */
function unpack(content: Buffer): Buffer | undefined {
  try {
    return gunzipSync(content, { maxOutputLength: longestUnpacked });
  } catch {
    return undefined;
  }
}

/** Printable, as the start of what holds a secret is; or gzip. */
function isTextLike(start: Uint8Array): boolean {
  if (start[0] === 0x1f && start[1] === 0x8b && start[2] === 8) return true;
  return start.every((byte) => (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13 || byte >= 0x80);
}
