import { Transform } from "node:stream";
import type { Redactor } from "../redactor.ts";
import { count } from "../tally.ts";
import type { Tally } from "../tally.ts";
import type { Hit } from "./find-hits.ts";
import { findAll } from "./redact-text.ts";
import { withoutColours } from "./without-colours.ts";

/** As much is looked at together; what may reach into the next part waits for it. */
const partBytes = 512 * 1024;
/** More than the longest secret: a private key with what a log puts in front of its lines. */
const overlapBytes = 16 * 1024;
/** What went out already is looked at once more, because names stand in front of values, and the kind of a Secret in front of its data. */
const contextBytes = 4096;

/** A stream of text, in any encoding that has ASCII in it, without its secrets, also those that lie over the borders of chunks; it holds about a megabyte. */
export function createTextStream(redactor: Redactor, tally: Tally): Transform {
  let waiting: Buffer[] = [];
  let size = 0;
  /** As many of the first bytes that wait have gone out already. */
  let context = 0;

  const work = (isLast: boolean): Buffer => {
    const bytes = Buffer.concat(waiting);
    const text = bytes.toString("latin1");
    const plain = withoutColours(text);
    const hits = findAll(redactor, { text: plain, bytes: plain === text ? bytes : Buffer.from(plain, "latin1"), depth: 0, isLatin1: true }).filter(
      ({ end }) => end > context,
    );
    const cut = isLast ? bytes.length : cutBefore(bytes.length - overlapBytes, { hits, bytes, from: context });
    const out = replaceIn(bytes, { from: context, cut, hits: hits.filter(({ start }) => start < cut), tally });
    const kept = Math.max(0, cut - contextBytes);
    waiting = [bytes.subarray(kept)];
    context = cut - kept;
    size = bytes.length - cut;
    return out;
  };

  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      waiting.push(chunk);
      size += chunk.length;
      try {
        done(null, size < partBytes ? undefined : work(false));
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
    flush: (done) => {
      try {
        done(null, work(true));
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

type Output = { readonly from: number; readonly cut: number; readonly hits: readonly Hit[]; readonly tally: Tally };

/** The bytes from `from` up to `cut`; most parts have no hit and go out as they came. */
function replaceIn(bytes: Buffer, { from, cut, hits, tally }: Output): Buffer {
  if (hits.length === 0) return bytes.subarray(from, cut);
  const parts: Buffer[] = [];
  let at = from;
  for (const { start, end, rule, replacement } of hits) {
    parts.push(bytes.subarray(at, Math.max(at, start)), Buffer.from(replacement, "latin1"));
    at = end;
    count(tally, rule);
  }
  return Buffer.concat([...parts, bytes.subarray(at, cut)]);
}

type Part = { readonly hits: readonly { readonly start: number; readonly end: number }[]; readonly bytes: Uint8Array; readonly from: number };

/** Where the part can be cut: neither in a secret nor in a run of base64, unless that is longer than any that is looked into. */
function cutBefore(wanted: number, { hits, bytes, from }: Part): number {
  const across = hits.find(({ start, end }) => start < wanted && end > wanted);
  if (across !== undefined) return across.end;
  let cut = wanted;
  while (cut > from + 1 && wanted - cut < longestRun && /[A-Za-z0-9+/=_-]/.test(String.fromCharCode(bytes[cut - 1] ?? 0))) cut--;
  return Math.max(from, cut);
}

const longestRun = 256 * 1024;
