/** Rows as columns, two spaces apart, without a line end after the last; columns in `numeric` are aligned right. */
export function renderTable(rows: readonly (readonly string[])[], { numeric = [] }: { readonly numeric?: readonly number[] } = {}): string {
  const widths: number[] = [];
  for (const row of rows) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  const pad = (cell: string, column: number): string => (numeric.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0));
  return rows.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}
