import { cutText, textWidth } from "../../core/contract/text-width.ts";
import { renderLine } from "../visible-text.ts";

/** Where a text is to stand: behind so many spaces, on at most so many lines. */
export type Room = { readonly columns: number; readonly indent: number; readonly lines: number };

/** A hostile text as lines that fit the room, all indented, broken between words; a word that is wider than a line, and the last line, are cut with `…`. */
export function wrapText(text: string, { columns, indent, lines: most }: Room): readonly string[] {
  const width = Math.max(minimum, columns - indent);
  // More can't be shown, and a text may have megabytes.
  const words = renderLine(text.slice(0, 2 * width * most)).split(/\s+/);
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) line = longer;
    else {
      if (line !== "") lines.push(line);
      line = word;
    }
    if (lines.length === most) break;
  }
  if (lines.length < most) lines.push(line);
  else if (line !== "") lines[most - 1] = `${lines[most - 1]} ${line}`;
  const isCut = text.length > 2 * width * most;
  return lines.map((each, index) => " ".repeat(indent) + cutText(isCut && index === most - 1 ? `${each} …` : each, width));
}

const minimum = 20;
