/** Columns that a text without control characters takes on a terminal: two for wide characters, none for combining marks. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** A word without control characters in pieces of at most so many columns. */
export function breakText(word: string, columns: number): readonly string[] {
  const parts: string[] = [];
  let [part, width] = ["", 0];
  for (const character of word) {
    const more = characterWidth(character);
    if (width + more > columns && part !== "") {
      parts.push(part);
      [part, width] = ["", 0];
    }
    part += character;
    width += more;
  }
  return [...parts, part];
}

/** A line without control characters at most so many columns wide, its spaces as they are; what is cut off is shown by `…`. */
export function cutText(line: string, columns: number): string {
  if (textWidth(line) <= columns) return line;
  let [kept, width] = ["", 0];
  for (const character of line) {
    width += characterWidth(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return columns < 1 ? "" : `${kept}…`;
}

const characterWidth = (character: string): number => (character < "\u0300" ? 1 : combining.test(character) ? 0 : wide.test(character) ? 2 : 1);

const combining = /^[\p{Mn}\p{Me}\u200c\u200d]$/u;
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]$/u;
