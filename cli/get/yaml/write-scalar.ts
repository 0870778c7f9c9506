import type { ScalarPlan } from "./plan-scalar.ts";
import { isPrintable, lineBreaks } from "./yaml-characters.ts";
import type { YamlWriter } from "./yaml-writer.ts";

/** Writes a scalar in its style; `mayBreak`: a long one goes on in the next line where a blank allows it. */
export function writeScalar(writer: YamlWriter, { text, style }: ScalarPlan, { mayBreak }: { readonly mayBreak: boolean }): void {
  const characters = Array.from(text);
  if (style === "literal") return writeLiteral(writer, characters);
  const quote = style === "single" ? "'" : style === "double" ? '"' : "";
  writer.mark(quote, { isSpaced: true });
  writeFolded(writer, characters, { style, mayBreak });
  writer.put(quote);
}

const widest = 80;

function writeFolded(writer: YamlWriter, characters: readonly string[], { style, mayBreak }: Pick<ScalarPlan, "style"> & { readonly mayBreak: boolean }): void {
  let [isBehindSpace, isBehindBreak] = [false, false];
  // go-yaml looks for a byte order mark at the start of the text, whichever character it is at.
  const escapesAll = characters[0] === "\ufeff";
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1];
    if (character === " " && !escapesAll) {
      const isInside = style === "plain" || (index > 0 && index < characters.length - 1);
      if (mayBreak && !isBehindSpace && writer.column() > widest && isInside && (style === "double" || next !== " ")) {
        writer.indent();
        // A blank at the start of a line would be taken for its indent.
        if (style === "double" && next === " ") writer.put("\\");
      } else writer.put(" ");
      isBehindSpace = true;
      continue;
    }
    const isBreak = style === "single" && lineBreaks.includes(character);
    if (isBreak) {
      if (!isBehindBreak && character === "\n") writer.break();
      writer.break(character);
    } else {
      if (isBehindBreak) writer.indent();
      writer.put(style === "single" && character === "'" ? "''" : style === "double" ? escape(character, escapesAll) : character);
    }
    [isBehindSpace, isBehindBreak] = [false, isBreak];
  }
}

const names: Readonly<Record<string, string>> = {
  "\0": "0",
  "\u0007": "a",
  "\b": "b",
  "\t": "t",
  "\n": "n",
  "\v": "v",
  "\f": "f",
  "\r": "r",
  "\u001b": "e",
  '"': '"',
  "\\": "\\",
  "\u0085": "N",
  "\u2028": "L",
  "\u2029": "P",
};

function escape(character: string, always: boolean): string {
  const name = names[character];
  if (name !== undefined) return `\\${name}`;
  if (isPrintable(character) && !always) return character;
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (hex.length <= 2) return `\\x${hex.padStart(2, "0")}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

function writeLiteral(writer: YamlWriter, characters: readonly string[]): void {
  const [first = "", last = "", lastButOne] = [characters[0], characters.at(-1), characters.at(-2)];
  const indent = first === " " || lineBreaks.includes(first) ? "2" : "";
  const isOpen = lineBreaks.includes(last) && (lastButOne === undefined || lineBreaks.includes(lastButOne));
  writer.mark(`|${indent}${!lineBreaks.includes(last) ? "-" : isOpen ? "+" : ""}`, { isSpaced: true });
  writer.break();
  let isBehindBreak = true;
  for (const character of characters) {
    const isBreak = lineBreaks.includes(character);
    if (isBreak) writer.break(character);
    else {
      if (isBehindBreak) writer.indent();
      writer.put(character);
    }
    isBehindBreak = isBreak;
  }
}
