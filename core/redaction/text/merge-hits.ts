import type { Hit } from "./find-hits.ts";

/** All of the first hits, and those of the others that overlap none of them; both are in order and without overlaps, and so is what comes back. */
export function mergeHits(first: readonly Hit[], others: readonly Hit[]): readonly Hit[] {
  if (first.length === 0) return others;
  const merged: Hit[] = [];
  let next = 0;
  for (const hit of first) {
    for (; next < others.length; next++) {
      const other = others[next];
      if (other === undefined || other.start >= hit.end) break;
      if (other.end <= hit.start) merged.push(other);
    }
    merged.push(hit);
  }
  return [...merged, ...others.slice(next)];
}
