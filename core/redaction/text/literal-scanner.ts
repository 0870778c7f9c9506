import { chooseAnchors } from "./choose-anchors.ts";

/** Calls back for each place where a literal stands, in the order of the places. `at` is the literal's start, `index` its number in the list. */
export type LiteralScanner = (bytes: Uint8Array, end: number, found: (at: number, index: number) => void) => void;

/**
 * Finds many literals in one pass (Wu-Manber with blocks of two bytes), in either case of ASCII letters. Of each literal the rarest three bytes in a
 * row are looked for first. The literals are lower-case ASCII of three characters or more.
 */
export function createLiteralScanner(literals: readonly string[]): LiteralScanner {
  const anchors = chooseAnchors(literals);
  // By the lower seven bits of each byte, so that the tables stay in the processor's fastest memory.
  const shift = new Uint8Array(0x4000).fill(2);
  // Three bytes hashed, so that most places where only two of them fit cost one look.
  const bucketOf = new Uint16Array(0x4000);
  const buckets: number[][] = [[]];
  for (const [index, anchor] of anchors.entries()) {
    const [a, b, c] = [0, 1, 2].map((step) => literals[index]?.charCodeAt(anchor + step) ?? 0) as [number, number, number];
    for (const block of blocksOf(a, b)) shift[block] = Math.min(shift[block] ?? 2, 1);
    for (const block of blocksOf(b, c)) {
      shift[block] = 0;
      for (const first of casesOf(a)) {
        const slot = hash(first, block);
        if (bucketOf[slot] === 0) bucketOf[slot] = buckets.push([]) - 1;
        const bucket = buckets[bucketOf[slot] ?? 0];
        if (bucket?.includes(index) === false) bucket.push(index);
      }
    }
  }
  const codes = literals.map((literal) => Buffer.from(literal, "latin1"));
  return (bytes, end, found) => {
    for (let at = 2; at < end;) {
      let step = shift[blockAt(bytes, at)] ?? 2;
      // Most steps are of two, and the processor foresees them so.
      while (step === 2 && at + 2 < end) {
        at += 2;
        step = shift[blockAt(bytes, at)] ?? 2;
      }
      if (step > 0) {
        at += step;
        continue;
      }
      const slot = bucketOf[hash(bytes[at - 2] ?? 0, blockAt(bytes, at))] ?? 0;
      const candidates = slot === 0 ? none : (buckets[slot] ?? none);
      for (const index of candidates) {
        const start = at - 2 - (anchors[index] ?? 0);
        const code = codes[index];
        if (code !== undefined && start >= 0 && start + code.length <= end && isAt(bytes, start, code)) found(start, index);
      }
      at += 1;
    }
  };
}

const none: readonly number[] = [];

/** The number of the two bytes that end here. */
const blockAt = (bytes: Uint8Array, at: number): number => (((bytes[at - 1] ?? 0) & 127) << 7) | ((bytes[at] ?? 0) & 127);

const hash = (first: number, block: number): number => (block ^ ((first & 127) * 0x4f1)) & 0x3fff;

/** All ways to write two bytes in upper and lower case. */
const blocksOf = (a: number, b: number): readonly number[] => [...new Set(casesOf(a).flatMap((first) => casesOf(b).map((second) => (first << 7) | second)))];
const casesOf = (code: number): readonly number[] => (code >= 97 && code <= 122 ? [code, code - 32] : [code]);

function isAt(bytes: Uint8Array, start: number, code: Uint8Array): boolean {
  for (let at = 0; at < code.length; at++) {
    const byte = bytes[start + at] ?? 0;
    if ((byte >= 65 && byte <= 90 ? byte + 32 : byte) !== code[at]) return false;
  }
  return true;
}
