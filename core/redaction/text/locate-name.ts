import type { Span } from "../rules/rule.ts";

/** Characters of a name; it is looked for to both sides of the literal. */
const longestName = 64;

/** The name in which a literal stands: letters of any language, digits, and what joins the words of a name; undefined where the name is of a checksum. */
export function locateName(text: string, literalAt: number): Span | undefined {
  let [start, end] = [literalAt, literalAt];
  while (start > 0 && literalAt - start < longestName && isNameCode(text.charCodeAt(start - 1))) start--;
  while (end < text.length && end - literalAt < longestName && isNameCode(text.charCodeAt(end))) end++;
  if (text.charCodeAt(start - 1) === percent) start += escapedMark.exec(text.slice(start, literalAt))?.[0].length ?? 0;
  // "checksum/secret: …" of a pod's annotations.
  if (text.charCodeAt(start - 1) === slash && /(?:checksum|hash|digest)\/$/i.test(text.slice(Math.max(0, start - 9), start))) return undefined;
  // The name of a secret in a store, behind what says where it is.
  if (text.charCodeAt(start - 1) === colon && /arn:aws\S{0,80}$/.test(text.slice(Math.max(0, start - 90), start))) return undefined;
  if (text.charCodeAt(start - 1) === blank && /^keys?$/i.test(text.slice(start, end)))
    start -=
      /(?:api|secret|access|private|encryption|signing|auth|licen[sc]e|master|account|storage|certificate|unseal|join) $/i.exec(
        text.slice(Math.max(0, start - 12), start),
      )?.[0].length ?? 0;
  return { start, end };
}

const isNameCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code === 46 || code >= 0xa0;

const [slash, colon, blank, percent] = [47, 58, 32, 37];

/** The rest of a mark that a URL escapes, perhaps several times. */
const escapedMark = /^(?:25){0,3}[0-9A-Fa-f]{2}/;
