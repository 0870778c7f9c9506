/** The text with blanks in place of a terminal's colours, as long as before: between a name and its value they would look like parts of a word. */
export const withoutColours = (text: string): string =>
  text.includes("\u001b[") || text.includes("u001b[") ? text.replaceAll(colour, (sequence) => " ".repeat(sequence.length)) : text;

/** ESC [ 1 ; 3 6 m, as it is or as JSON writes it. */
const colour = new RegExp(`(?:${String.fromCharCode(27)}|\\\\{1,4}u001b)\\[[\\d;]{0,16}[mK]`, "g");
