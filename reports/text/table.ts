import { cutText, textWidth } from "../../core/contract/text-width.ts";

type TableOptions = {
  /** Columns from 0 that are aligned right. */
  readonly numeric?: readonly number[];
  /** Columns that are cut, the widest first, until all lines fit `width`. */
  readonly flexible?: readonly number[];
  readonly width?: number;
  /** Spaces before each line. */
  readonly indent?: number;
};

/** Rows of harmless text as columns, two spaces apart, without a line end after the last. */
export function renderTable(rows: readonly (readonly string[])[], { numeric = [], flexible = [], width = Infinity, indent = 0 }: TableOptions = {}): string {
  const widths: number[] = [];
  for (const row of rows) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, textWidth(cell));
  shrink(widths, { flexible, width: width - indent });
  const pad = (cell: string, column: number): string => {
    const shown = cutText(cell, widths[column] ?? 0);
    const space = " ".repeat((widths[column] ?? 0) - textWidth(shown));
    return numeric.includes(column) ? space + shown : shown + space;
  };
  return rows.map((row) => cutText((" ".repeat(indent) + row.map(pad).join("  ")).trimEnd(), width)).join("\n");
}

const narrowest = 6;

function shrink(widths: number[], { flexible, width }: { readonly flexible: readonly number[]; readonly width: number }): void {
  for (let beyond = widths.reduce((sum, each) => sum + each + 2, -2) - width; beyond > 0; beyond--) {
    const widest = flexible.toSorted((one, other) => (widths[other] ?? 0) - (widths[one] ?? 0))[0];
    if (widest === undefined || (widths[widest] ?? 0) <= narrowest) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}
