import type { Json } from "../../core/contract/json.ts";
import { qualifiedPlural, type SnapshotKind } from "../../core/contract/snapshot-kind.ts";
import type { Printer } from "../../core/tables/printer.ts";
import { textWidth } from "../../core/contract/text-width.ts";
import { renderSafeText } from "../terminal/safe-text.ts";
import type { FoundKind } from "./read-objects.ts";

/** An object's cells, those for `-o wide` too. */
export type Cells = readonly Json[];

export type TableLook = { readonly printer: Printer; readonly isWide: boolean; readonly withNamespace: boolean; readonly withKind: boolean };

/** A kind's objects in lines and columns as `kubectl get` prints them; cells may be hostile. */
export function renderTable({ kind, objects }: FoundKind<Cells>, { printer: { columns }, isWide, withNamespace, withKind }: TableLook): readonly string[] {
  const shown = columns.flatMap(({ priority }, index) => (priority === 0 || isWide ? [index] : []));
  const hasNamespace = withNamespace && kind.namespaced;
  const head = shown.map((index) => columns[index]?.name.toUpperCase() ?? "");
  const rows = objects.map(({ namespace, made }) => {
    const cells = shown.map((index) => renderCell(made[index]));
    const [name = "", ...rest] = cells;
    return [...(hasNamespace ? [renderCell(namespace)] : []), withKind ? `${renderKindName(kind)}/${name}` : name, ...rest];
  });
  return alignColumns([[...(hasNamespace ? ["NAMESPACE"] : []), ...head], ...rows]);
}

/** `pod`, `deployment.apps`. */
export const renderKindName = ({ group, kind, plural }: SnapshotKind): string =>
  renderSafeText(qualifiedPlural({ group, plural: kind === "" ? plural : kind.toLowerCase() }));

function renderCell(cell: Json | undefined): string {
  if (cell === undefined || cell === null) return "";
  if (typeof cell !== "string") return renderSafeText(typeof cell === "object" ? JSON.stringify(cell) : String(cell));
  const [line = ""] = cell.split(/[\f\n\r]/, 1);
  return renderSafeText(line === cell ? cell : `${line}...`).replaceAll("\t", " ");
}

/** Three spaces apart, and no column narrower than six. */
function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 6, textWidth(cell) + 3);
  return rows.map((row) => row.map((cell, index) => (index === row.length - 1 ? cell : cell + " ".repeat((widths[index] ?? 0) - textWidth(cell)))).join(""));
}
