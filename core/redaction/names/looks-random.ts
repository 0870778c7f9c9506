/** Whether a word looks as if a machine had made it up: long, letters and digits mixed, and no date, version, number, name or path. */
export function looksRandom(value: string): boolean {
  if (value.length < 12 || value.length > 4096 || !/[0-9]/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (
    /\s/.test(value) ||
    /^[a-z]+(?:[-./:][a-z0-9]{1,5})+$|^[a-z]+(?:[-./:_][a-z]+)*[-./:_]\d{1,5}$/.test(value) ||
    /^\d{4}-\d\d-\d\d/.test(value) ||
    /^v?\d+\.\d+/.test(value)
  )
    return false;
  if (/^[/.]?[\w.-]+\/[\w./-]+$/.test(value) && !/[A-Za-z0-9]{20,}/.test(value)) return false;
  if (/^(?:sha\d{1,3}[:-]|md5:)|^(?:[A-Z0-9]{2,8}-){1,3}SHA\d{1,3}$/.test(value) || /^https?:\/\//.test(value)) return false;
  return entropyOf(value) >= 3;
}

/** Bits a character, as Shannon counts them. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
