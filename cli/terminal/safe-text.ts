/**
 * Text of one line from a cluster, plugin or file, so that it can't steer a terminal: control characters, and those that are invisible
 * or turn the writing direction, are shown as `\u{…}`. Tabs stay.
 */
export const renderSafeText = (text: string): string =>
  text.toWellFormed().replaceAll(steering, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/** The same over several lines, whose ends stay. */
export const renderSafeLines = (text: string): string => text.split(/\r?\n/).map(renderSafeText).join("\n");

/** A text on one line, white space collapsed, at most so many columns wide. */
export const fitText = (text: string, columns = Infinity): string => cutText(renderSafeText(text.replaceAll(/\s+/g, " ").trim()), columns);

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

/** Columns that a text without control characters takes on a terminal: two for wide characters, none for combining marks. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

const characterWidth = (character: string): number => (combining.test(character) ? 0 : wide.test(character) ? 2 : 1);

const steering =
  // eslint-disable-next-line no-control-regex -- control characters are what it is for
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const combining = /^[\p{Mn}\p{Me}\u200c\u200d]$/u;
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]$/u;
