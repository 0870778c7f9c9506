import type { Span } from "../rules/rule.ts";

/** Characters of a name; it is looked for to both sides of the literal. */
const longestName = 64;

/** The name in which a literal stands: letters of any language, digits, and what joins the words of a name; undefined where the name is of a checksum. */
export function locateName(text: string, literalAt: number): Span | undefined {
  let [start, end] = [literalAt, literalAt];
  while (start > 0 && literalAt - start < longestName && isNameCode(text.charCodeAt(start - 1))) start--;
  while (end < text.length && end - literalAt < longestName && isNameCode(text.charCodeAt(end))) end++;
  const before = text.charCodeAt(start - 1);
  // "checksum/secret: …" of a pod's annotations.
  if (before === slash && /(?:checksum|hash|digest)\/$/i.test(text.slice(Math.max(0, start - 9), start))) return undefined;
  if (before === bracket || before === semicolon) start += colourEnd.exec(text.slice(Math.max(0, start - 16), start + 4))?.groups?.["end"]?.length ?? 0;
  return { start, end };
}

const isNameCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code === 46 || code >= 0xa0;

const [slash, bracket, semicolon] = [47, 91, 59];

/** What begins a terminal's colour. */
export const escape = String.fromCharCode(27);

/** The end of a terminal's colour, which reads as a name's beginning: ESC [ 1 ; 3 3 m. */
const colourEnd = new RegExp(`(?:${escape}|u001b)\\[(?:\\d{1,3};){0,3}(?<end>\\d{1,3}m)`);
