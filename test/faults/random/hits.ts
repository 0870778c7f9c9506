import type { Phase } from "./draw-run.ts";
import { phases } from "./draw-run.ts";
import type { FaultKind } from "./fault-kinds.ts";
import { faultKinds, isPossible } from "./fault-kinds.ts";
import type { Made } from "./make-fault.ts";

/** How often each kind of fault has hit in each phase. */
export type Hits = {
  add(made: readonly Made[]): void;
  /** Those with fewer hits than wanted. */
  missing(wanted: number): readonly (readonly [FaultKind, Phase])[];
  render(): string;
};

export function createHits(): Hits {
  const counts = new Map<string, number>();
  const count = (kind: FaultKind, phase: Phase): number => counts.get(`${kind}/${phase}`) ?? 0;
  return {
    add(made) {
      for (const { fault } of made) counts.set(`${fault.kind}/${fault.phase}`, count(fault.kind, fault.phase) + 1);
    },
    missing: (wanted) =>
      faultKinds.flatMap((kind) => phases.filter((phase) => isPossible(kind, phase) && count(kind, phase) < wanted).map((phase) => [kind, phase] as const)),
    render() {
      const row = (name: string, cells: readonly string[]): string => `${name.padEnd(20)}${cells.map((cell) => cell.padStart(14)).join("")}\n`;
      const cells = (kind: FaultKind): readonly string[] => phases.map((phase) => (isPossible(kind, phase) ? String(count(kind, phase)) : "-"));
      return row("hits", phases) + faultKinds.map((kind) => row(kind, cells(kind))).join("");
    },
  };
}
