import { cutText, textWidth } from "../../core/contract/text-width.ts";
import { fitText } from "./safe-text.ts";

export type TableOptions = {
  /** Width of the terminal; the last column is cut to it. Infinity where lines may be as long as they are. */
  readonly columns: number;
  /** Numbers of the columns, from 0, that are aligned to the right. */
  readonly right?: readonly number[];
};

/** Rows as lines with aligned columns, two spaces apart, without spaces at the ends; cells may be hostile. */
export function renderTable(rows: readonly (readonly string[])[], { columns, right = [] }: TableOptions): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => fitText(cell)));
  const count = Math.max(0, ...cells.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(...cells.map((row) => textWidth(row[column] ?? ""))));
  return cells.map((row) => {
    const padded = row.map((cell, column) => {
      const space = " ".repeat((widths[column] ?? 0) - textWidth(cell));
      return right.includes(column) ? space + cell : cell + space;
    });
    return cutText(padded.join("  ").trimEnd(), columns);
  });
}
