import { Transform } from "node:stream";
import type { Redactor } from "../redactor.ts";
import type { Tally } from "../tally.ts";
import { findAll, replaceHits } from "./redact-text.ts";

/** As much is looked at together; what may reach into the next part waits for it. */
const partBytes = 512 * 1024;
/** More than the longest secret: a private key with what a log puts in front of its lines. */
const overlapBytes = 16 * 1024;
/** What went out already is looked at once more, because names stand in front of values. */
const contextBytes = 512;

/** A stream of text, in any encoding that has ASCII in it, without its secrets, also those that lie over the borders of chunks; it holds about a megabyte. */
export function createTextStream(redactor: Redactor, tally: Tally): Transform {
  let context = "";
  let waiting: Buffer[] = [];
  let size = 0;

  const work = (isLast: boolean): Buffer => {
    const fresh = Buffer.concat(waiting);
    const text = `${context}${fresh.latin1Slice(0, fresh.length)}`;
    const bytes = Buffer.from(text, "latin1");
    const hits = findAll(redactor, { text, bytes, depth: 0 }).filter(({ end }) => end > context.length);
    const cut = isLast ? text.length : cutBefore(text.length - overlapBytes, { hits, bytes, from: context.length });
    const sure = hits.flatMap((hit) => (hit.start >= cut ? [] : [{ ...hit, start: Math.max(hit.start, context.length) - context.length, end: hit.end - context.length }]));
    const out = Buffer.from(replaceHits(text.slice(context.length, cut), sure, tally), "latin1");
    waiting = [bytes.subarray(cut)];
    size = text.length - cut;
    context = text.slice(Math.max(0, cut - contextBytes), cut);
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
