import type { Redactor } from "../redactor.ts";
import type { Hit } from "./find-hits.ts";
import { findAll } from "./redact-text.ts";
import { withoutColours } from "./without-colours.ts";

/** A text that passes by in chunks, looked at half a megabyte at a time; it holds about a megabyte. Both throw what `onPart` throws. */
export type TextWindow = { push(chunk: Buffer): void; end(): void };

/** What is done with of a text: the bytes from `from` to `to`, which are overwritten by the next, and the hits that end behind `from` and begin before `to`. */
export type TextPart = { readonly bytes: Buffer; readonly from: number; readonly to: number; readonly hits: readonly Hit[] };

/** As much is looked at together; what may reach into the next part waits for it. */
const partBytes = 512 * 1024;
/** More than the longest secret: a private key with what a log puts in front of its lines. */
const overlapBytes = 16 * 1024;
/** What was done with is looked at once more, because names stand in front of values, and the kind of a Secret in front of its data. */
const contextBytes = 4096;

/** A window on a text in any encoding that has ASCII in it; secrets that lie over the borders of chunks are found whole. */
export function createTextWindow(redactor: Redactor, onPart: (part: TextPart) => void): TextWindow {
  let room: Buffer = Buffer.alloc(0);
  // What waits: its end in `room`, and as many of its first bytes as have been done with.
  let [end, context] = [0, 0];

  const work = (isLast: boolean): void => {
    const bytes = room.subarray(0, end);
    const text = bytes.toString("latin1");
    const plain = withoutColours(text);
    const found = findAll(redactor, { text: plain, bytes: plain === text ? bytes : Buffer.from(plain, "latin1"), depth: 0, isLatin1: true });
    const hits = found.filter((hit) => hit.end > context);
    const to = isLast ? end : cutBefore(end - overlapBytes, { hits, bytes, from: context });
    onPart({ bytes, from: context, to, hits: hits.filter(({ start }) => start < to) });
    const kept = Math.max(0, to - contextBytes);
    room.copyWithin(0, kept, end);
    [end, context] = [end - kept, to - kept];
  };
  return {
    push: (chunk) => {
      for (let at = 0; at < chunk.length;) {
        const size = Math.min(chunk.length - at, context + partBytes - end);
        if (end + size > room.length) room = enlarge(room, end + size);
        chunk.copy(room, end, at, at + size);
        [at, end] = [at + size, end + size];
        if (end - context >= partBytes) work(false);
      }
    },
    end: () => work(true),
  };
}

/** Most texts are small, and of many at once. */
function enlarge(room: Buffer, size: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(Math.max(size, Math.min(2 * room.length, partBytes + contextBytes)));
  room.copy(larger);
  return larger;
}

/** Where the part can be cut: neither in a secret nor in a run of base64, unless that is longer than any that is looked into. */
function cutBefore(wanted: number, { hits, bytes, from }: Omit<TextPart, "to">): number {
  const across = hits.find(({ start, end }) => start < wanted && end > wanted);
  if (across !== undefined) return across.end;
  let cut = wanted;
  while (cut > from + 1 && wanted - cut < longestRun && /[A-Za-z0-9+/=_-]/.test(String.fromCharCode(bytes[cut - 1] ?? 0))) cut--;
  return Math.max(from, cut);
}

const longestRun = 256 * 1024;
