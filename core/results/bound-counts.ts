import { isBuiltInStatus } from "../contract/result-item.ts";

/**
 * Counts of leaves by status that a run's status can carry: of a plugin's own words the first twenty, cut to sixty characters; the others are counted
 * together as "others".
 */
export function boundCounts(counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const bounded = new Map<string, number>();
  let words = 0;
  for (const [status, count] of counts) {
    const isFixed = isBuiltInStatus(status);
    const word = isFixed || status.length <= longestWord ? status : `${status.slice(0, longestWord)}…`;
    const key = isFixed || bounded.has(word) || words++ < mostWords ? word : "others";
    bounded.set(key, (bounded.get(key) ?? 0) + count);
  }
  return bounded;
}

const longestWord = 60;
const mostWords = 20;
