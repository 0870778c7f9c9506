import { breakText, cutText, textWidth } from "../../core/contract/text-width.ts";
import { renderLine } from "../visible-text.ts";

/** Where a text is to stand: behind so many spaces, on at most so many lines. */
export type Room = { readonly columns: number; readonly indent: number; readonly lines: number };

/** A hostile text as lines that fit the room, all indented, broken between words, or in a word that is wider than a line; what is left out is shown by `…`. */
export function wrapText(text: string, { columns, indent, lines: most }: Room): readonly string[] {
  const width = Math.max(minimum, columns - indent);
  // More can't be shown, and a text may have megabytes.
  const head = most === Infinity ? text : text.slice(0, 2 * width * (most + 1));
  const lines: string[] = [];
  let line = "";
  for (const word of renderLine(head)
    .split(/\s+/)
    .flatMap((each) => breakText(each, width))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
    if (lines.length > most) break;
  }
  lines.push(line);
  const shown = most === Infinity ? lines : lines.slice(0, most);
  const last = shown.at(-1) ?? "";
  if (lines.length > most || head.length < text.length)
    shown[shown.length - 1] = textWidth(last) < width - 1 ? `${last} …` : `${cutText(last, width - 1)}…`.replace("……", "…");
  return shown.map((each) => " ".repeat(indent) + each);
}

const minimum = 20;
