/** A server's or program's words as one line of at most `limit` characters, without control, escape and direction-changing characters. */
export function oneLine(words: string, limit = 400): string {
  // Cut before the expressions run, because the text may be of any length.
  const clean = words
    .slice(0, limit * 10)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replaceAll(/ {2,}/g, " ")
    .trim();
  return clean.length > limit ? `${clean.slice(0, limit).trimEnd()}…` : clean;
}

/** A name from outside, in quotes, as one line that can't be mistaken for the sentence around it. */
export const quote = (name: string): string => JSON.stringify(oneLine(name, 253));
