/** Where a member of a JSON object stands in its text: from the quote of its key to behind its value. */
export type Member = { readonly key: string; readonly start: number; readonly value: number; readonly end: number };

/** The members of the object that begins at `at`; undefined where there is none, or not a whole one. */
export function scanMembers(text: Buffer, at: number): readonly Member[] | undefined {
  if (text[at] !== openBrace) return undefined;
  const members: Member[] = [];
  let next = skipSpace(text, at + 1);
  while (text[next] === quote) {
    const behindKey = skipString(text, next);
    const colon = skipSpace(text, behindKey);
    if (text[colon] !== 0x3a) return undefined;
    const value = skipSpace(text, colon + 1);
    const end = skipValue(text, value);
    members.push({ key: parseString(text.subarray(next, behindKey)) ?? "", start: next, value, end });
    const behind = skipSpace(text, end);
    if (text[behind] !== comma) return text[behind] === closeBrace ? members : undefined;
    next = skipSpace(text, behind + 1);
  }
  return text[next] === closeBrace ? members : undefined;
}

/** A string from its JSON text; undefined when it is no string. */
export function parseString(text: Buffer): string | undefined {
  if (text[0] !== quote) return undefined;
  const plain = text.toString("utf8", 1, text.length - 1);
  if (!plain.includes("\\")) return plain;
  try {
    return String(JSON.parse(text.toString("utf8")));
  } catch {
    return undefined;
  }
}

const [quote, backslash, comma, openBrace, closeBrace] = [0x22, 0x5c, 0x2c, 0x7b, 0x7d];

/** The first place from `at` on that is no space. */
export function skipSpace(text: Buffer, at: number): number {
  let next = at;
  while (text[next] === 0x20 || text[next] === 0x0a || text[next] === 0x0d || text[next] === 0x09) next++;
  return next;
}

/** Behind the closing quote of the string that begins at `at`. */
export function skipString(text: Buffer, at: number): number {
  let next = at + 1;
  while (next < text.length && text[next] !== quote) next += text[next] === backslash ? 2 : 1;
  return next + 1;
}

function skipValue(text: Buffer, at: number): number {
  let depth = 0;
  let next = at;
  while (next < text.length) {
    const byte = text[next];
    if (byte === quote) {
      next = skipString(text, next);
      if (depth === 0) return next;
      continue;
    }
    if (byte === openBrace || byte === 0x5b) depth++;
    else if (byte === closeBrace || byte === 0x5d) {
      if (depth === 0) return next;
      depth--;
      if (depth === 0) return next + 1;
    } else if (depth === 0 && (byte === comma || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)) return next;
    next++;
  }
  return next;
}
