import type { Cell } from "./deal-cells.ts";
import { cells } from "./deal-cells.ts";
import type { FaultKind } from "./fault-kinds.ts";
import { faultKinds, findImpossible } from "./fault-kinds.ts";
import type { Made } from "./make-fault.ts";
import { phases } from "./phases.ts";

/** How often each kind of fault has hit in each phase. */
export type Hits = {
  add(made: readonly Made[]): void;
  /** Whether a cell has fewer hits than wanted. */
  isMissing(cell: Cell, wanted: number): boolean;
  /** The table, what can't be and why, and how many cells have as many hits as wanted. */
  render(wanted: number): string;
};

export function createHits(): Hits {
  const counts = new Map<string, number>();
  const count = ({ kind, phase }: Cell): number => counts.get(`${kind}/${phase}`) ?? 0;
  const isMissing = (cell: Cell, wanted: number): boolean => count(cell) < wanted;
  return {
    add(made) {
      for (const { fault } of made) counts.set(`${fault.kind}/${fault.phase}`, count(fault) + 1);
    },
    isMissing,
    render(wanted) {
      const row = (name: string, columns: readonly string[]): string => `${name.padEnd(20)}${columns.map((cell) => cell.padStart(14)).join("")}\n`;
      const columns = (kind: FaultKind): readonly string[] =>
        phases.map((phase) => (findImpossible(kind, phase) === undefined ? String(count({ kind, phase })) : "-"));
      const reasons = new Set(faultKinds.flatMap((kind) => phases.map((phase) => findImpossible(kind, phase))).filter((reason) => reason !== undefined));
      const total = cells.reduce((sum, cell) => sum + count(cell), 0);
      const missing = cells.filter((cell) => isMissing(cell, wanted)).length;
      return [
        row("hits", phases),
        ...faultKinds.map((kind) => row(kind, columns(kind))),
        ...[...reasons].map((reason) => `-: ${reason}\n`),
        `${total} hits; ${cells.length - missing} of ${cells.length} cells have ${wanted} or more\n`,
      ].join("");
    },
  };
}
