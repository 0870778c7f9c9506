import { hidden } from "../names/is-harmless.ts";
import { isPlausible } from "../names/is-plausible.ts";
import { senseOf } from "../names/secret-name.ts";
import type { Tally } from "../tally.ts";
import { count } from "../tally.ts";

/** A table whose first line names its columns, with the cells of secret columns hidden; the same text where no column is one. */
export function redactCsvText(text: string, tally: Tally): string {
  const [head = "", ...lines] = text.split("\n");
  const senses = splitCells(head).map((cell) => senseOf(bare(cell)));
  if (!senses.some((sense) => sense !== undefined)) return text;
  const redactCell = (cell: string, at: number): string => {
    const [value, sense] = [bare(cell), senses[at]];
    if (sense === undefined || !isPlausible(value, sense, "field")) return cell;
    count(tally, "secret-by-name");
    return cell.replace(value, () => hidden);
  };
  return [head, ...lines.map((line) => splitCells(line).map(redactCell).join(","))].join("\n");
}

/** The cells of a line as they are written; a comma between quotes parts none. */
function splitCells(line: string): readonly string[] {
  const cells: string[] = [];
  let [start, isQuoted] = [0, false];
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') isQuoted = !isQuoted;
    else if (line[at] === "," && !isQuoted) {
      cells.push(line.slice(start, at));
      start = at + 1;
    }
  }
  return [...cells, line.slice(start)];
}

const bare = (cell: string): string => cell.trim().replaceAll(/^"|"$/g, "");
