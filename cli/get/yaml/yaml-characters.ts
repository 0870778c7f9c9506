/** What YAML 1.1 takes for the end of a line. */
export const lineBreaks = ["\r", "\n", "\u0085", "\u2028", "\u2029"];

/** Whether libyaml writes a character as it is; tabs and what lies beyond 16 bits it does not. */
export function isPrintable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    code === 0x0a ||
    (code >= 0x20 && code <= 0x7e) ||
    (code >= 0xa0 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xffff && ![0xfeff, 0xfffe, 0xffff].includes(code))
  );
}
