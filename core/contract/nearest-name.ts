/** The known name that a mistyped one most likely stands for: at most a third of its letters are others, and case, '-' and '_' don't count; undefined where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = simplify(name);
  const near = known
    .map((candidate) => ({ candidate, distance: countEdits(wanted, simplify(candidate)) }))
    .filter(({ distance }) => distance <= Math.floor(wanted.length / 3))
    .toSorted((one, other) => one.distance - other.distance)[0];
  return near?.candidate;
}

// A name from a file may be as long as it likes, and none of ours is this long.
const simplify = (name: string): string => name.slice(0, 100).toLowerCase().replaceAll(/[-_]/g, "");

/** Letters to add, remove, change or swap with the next, until one text is the other. */
function countEdits(from: string, to: string): number {
  let [before, row]: [readonly number[], readonly number[]] = [[], Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let line = 1; line <= from.length; line++) {
    const next = [line];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[line - 1] === to[column - 1];
      const isSwapped = line > 1 && column > 1 && from[line - 1] === to[column - 2] && from[line - 2] === to[column - 1];
      const ways = [(row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (row[column - 1] ?? 0) + (isSame ? 0 : 1)];
      next.push(Math.min(...ways, isSwapped ? (before[column - 2] ?? 0) + 1 : Infinity));
    }
    [before, row] = [row, next];
  }
  return row[to.length] ?? 0;
}
