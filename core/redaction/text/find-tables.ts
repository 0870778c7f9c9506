import { hidden, isHarmless } from "../names/is-harmless.ts";
import { looksRandom } from "../names/looks-random.ts";
import { isPlausible } from "../names/is-plausible.ts";
import type { Sense } from "../names/secret-name.ts";
import { senseOf } from "../names/secret-name.ts";
import type { Span } from "../rules/rule.ts";
import type { Hit } from "./find-hits.ts";

/** Cells under the name of a secret in tables as psql, mysql and Markdown have them, in order; a table's rows are looked at once. */
export function findTables(text: string): readonly Hit[] {
  const hits: Hit[] = [];
  // Searched for by the rarer character.
  for (const mark of ["+-", "|-"]) {
    for (let at = text.indexOf(mark); at !== -1;) {
      const start = text.lastIndexOf("\n", at) + 1;
      const end = endOfLine(text, at);
      const rule = text.slice(start, Math.min(end, start + longestRow));
      const senses =
        start > 0 && ruleLine.test(rule) ? readHeader(text.slice(Math.max(text.lastIndexOf("\n", start - 2) + 1, start - longestRow), start - 1)) : [];
      at = text.indexOf(mark, senses.some((sense) => sense !== undefined) ? addRows(text, end + 1, { hits, senses, isMarkdown: mark === "|-" }) : end);
    }
  }
  if (hits.length === 0) return hits;
  // Of two tables without a line between them, the second one's rows were looked at twice.
  return hits.toSorted((a, b) => a.start - b.start).filter(({ start }, at, sorted) => start !== sorted[at - 1]?.start);
}

const ruleLine = /^[ \t]{0,8}[+|]?[-: ]{2,200}(?:[+|][-: ]{2,200}){1,60}[+|]?[ \t\r]{0,8}$/;
const longestRow = 4000;

const endOfLine = (text: string, from: number): number => (text.indexOf("\n", from) === -1 ? text.length : text.indexOf("\n", from));

/** What each column's name says of its cells. */
const readHeader = (line: string): readonly (Sense | undefined)[] =>
  line.split("|").map((cell) => (/^[\w. -]{2,60}$/.test(cell.trim()) ? senseOf(cell.trim().replaceAll(" ", "_")) : undefined));

type Table = { readonly hits: Hit[]; readonly senses: readonly (Sense | undefined)[]; readonly isMarkdown: boolean };

/** Gives back where the rows end. */
function addRows(text: string, from: number, { hits, senses, isMarkdown }: Table): number {
  let row = from;
  while (row < text.length) {
    const end = endOfLine(text, row);
    if (end - row > longestRow || !text.slice(row, end).includes("|")) break;
    for (const [index, cell] of cellsOf(text, { start: row, end }).entries()) {
      const sense = senses[index];
      if (sense !== undefined && isSecretCell(text.slice(cell.start, cell.end), sense, isMarkdown))
        hits.push({ ...cell, rule: "table-column", replacement: hidden });
    }
    row = end + 1;
  }
  return row - 1;
}

function cellsOf(text: string, { start, end }: Span): readonly Span[] {
  let at = start;
  return text
    .slice(start, end)
    .split("|")
    .map((cell) => {
      const from = at + cell.length - cell.trimStart().length;
      at += cell.length + 1;
      return { start: from, end: from + cell.trim().length };
    });
}

/** Tables of Markdown mostly tell about fields, and have words in their cells. */
const isSecretCell = (cell: string, sense: Sense, isMarkdown: boolean): boolean =>
  cell !== "" &&
  !/\s/.test(cell) &&
  !isHarmless(cell) &&
  !cell.startsWith("`") &&
  (!isMarkdown || /\d/.test(cell)) &&
  (sense !== "label" || (looksRandom(cell) && /[A-Z]/.test(cell))) &&
  isPlausible(cell, sense, sense === "password" ? "field" : "prose");
