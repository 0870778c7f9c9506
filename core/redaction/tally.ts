/** What was hidden in one file: how often each rule found something, and what was left out whole and why. It never holds a value. */
export type Tally = { readonly counts: Map<string, number>; readonly dropped: string[] };

export const createTally = (): Tally => ({ counts: new Map(), dropped: [] });

/** Adds to a rule's count. */
export function count(tally: Tally, rule: string, times = 1): void {
  tally.counts.set(rule, (tally.counts.get(rule) ?? 0) + times);
}

/** Takes over what was found in a part. */
export function addTally(tally: Tally, part: Tally): void {
  for (const [rule, times] of part.counts) count(tally, rule, times);
  tally.dropped.push(...part.dropped);
}
