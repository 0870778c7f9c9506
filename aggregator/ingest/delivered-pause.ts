import type { ExpectedResult, ExpectedResults } from "../state/expected-results.ts";

/** How long workers that have delivered pause between two polls, in seconds. */
export type DeliveredPause = () => number;

/** Each of their polls costs a TLS handshake, a millisecond or two. */
const pollsASecond = 20;
const shortest = 5;
/** A lost aggregator is noticed no later than this. */
const longest = 30;

/** A pause that grows with the number of results that are here. */
export function createDeliveredPause(results: Pick<ExpectedResults, "all" | "onChange">): DeliveredPause {
  const delivered = new Set<ExpectedResult>([...results.all()].filter(({ upload }) => upload !== undefined));
  results.onChange((result) => {
    if (result?.upload) delivered.add(result);
  });
  return () => Math.min(longest, Math.max(shortest, delivered.size / pollsASecond));
}
