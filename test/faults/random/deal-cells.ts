import type { FaultKind } from "./fault-kinds.ts";
import { faultKinds, findImpossible } from "./fault-kinds.ts";
import type { Phase } from "./phases.ts";
import { phases } from "./phases.ts";
import { createRandom } from "./random.ts";

/** A kind of fault in a phase of a run. */
export type Cell = { readonly kind: FaultKind; readonly phase: Phase };

/** All that there are. */
export const cells: readonly Cell[] = faultKinds.flatMap((kind) =>
  phases.filter((phase) => findImpossible(kind, phase) === undefined).map((phase) => ({ kind, phase })),
);

const cellsPerRun = 5;

/**
 * The cells of a seed's run, five of them. They are dealt like cards: seeds that follow one another take theirs from one shuffled deck until it is used up, then
 * from the next one, so that each stretch of nineteen seeds or so meets every cell, and what a seed gets follows from the seed alone.
 */
export function dealCells(seed: number): readonly Cell[] {
  const first = seed * cellsPerRun;
  const decks = new Map<number, readonly Cell[]>();
  return Array.from({ length: cellsPerRun }, (_, index) => {
    const number = Math.floor((first + index) / cells.length);
    const deck = decks.get(number) ?? shuffleDeck(number);
    decks.set(number, deck);
    const card = deck[(first + index) % cells.length];
    if (!card) throw new Error("a deck has as many cards as there are cells");
    return card;
  });
}

function shuffleDeck(number: number): readonly Cell[] {
  const random = createRandom(number);
  const left = [...cells];
  return cells.flatMap(() => left.splice(random.below(left.length), 1));
}
