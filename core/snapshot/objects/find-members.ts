import { parseString, skipSpace, skipString, type Member } from "./scan-members.ts";

/**
 * The members of the object that stands from `from` to `end`, without reading their values: `spots` are where texts begin directly in it, and maybe others before
 * and behind it. Undefined where it is no object, or plainly not a whole one.
 */
export function findMembers(
  text: Buffer,
  spots: readonly number[],
  { from, end }: { readonly from: number; readonly end: number },
): readonly Member[] | undefined {
  if (text[from] !== openBrace || text[end - 1] !== closeBrace) return undefined;
  const members: Member[] = [];
  let key: Omit<Member, "end"> | undefined;
  for (let index = firstFrom(spots, from); index < spots.length; index++) {
    const start = spots[index] ?? end;
    if (start >= end) break;
    const behind = skipString(text, start);
    const colon = skipSpace(text, behind);
    if (text[colon] !== 0x3a) continue;
    const gap = skipSpaceBack(text, start);
    const valueEnd = key === undefined ? gap : skipSpaceBack(text, gap - 1);
    if (key === undefined ? gap !== from + 1 : text[gap - 1] !== comma || !isWhole(text, key.value, valueEnd)) return undefined;
    if (key) members.push({ ...key, end: valueEnd });
    key = { key: parseString(text.subarray(start, behind)) ?? "", start, value: skipSpace(text, colon + 1) };
  }
  const last = skipSpaceBack(text, end - 1);
  if (key === undefined) return last === from + 1 ? members : undefined;
  if (!isWhole(text, key.value, last)) return undefined;
  members.push({ ...key, end: last });
  return members;
}

const [quote, comma, openBrace, closeBrace] = [0x22, 0x2c, 0x7b, 0x7d];

/** The index of the first spot that is not before a place. */
function firstFrom(spots: readonly number[], place: number): number {
  let [low, high] = [0, spots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spots[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Behind the last byte before `at` that is no space. */
function skipSpaceBack(text: Buffer, at: number): number {
  let next = at;
  while (text[next - 1] === 0x20 || text[next - 1] === 0x0a || text[next - 1] === 0x0d || text[next - 1] === 0x09) next--;
  return next;
}

/** Whether what opens at `from` closes before `end`. */
function isWhole(text: Buffer, from: number, end: number): boolean {
  if (end <= from) return false;
  const [first, last] = [text[from], text[end - 1]];
  if (first === openBrace) return last === closeBrace;
  if (first === 0x5b) return last === 0x5d;
  return first !== quote || (last === quote && end > from + 1);
}
