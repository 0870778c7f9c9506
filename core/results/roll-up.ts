import type { ResultItem } from "../contract/result-item.ts";
import { isBuiltInStatus, isLeaf } from "../contract/result-item.ts";

/**
 * A copy of an item in which every status is that of the leaves below it: Sonobuoy's rule, but all skipped is skipped. Any failed or timeout →
 * failed, else any unknown → unknown, else passed; a leaf with a plugin's own word makes all above it a count, "bar: 1, foo: 2".
 */
export const rollUp = (item: ResultItem): ResultItem => rollUpCounted(item).item;

/** The status of several together, by the same rule; a counted text among them adds its counts. None at all is unknown. */
export function rollUpStatuses(statuses: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const status of statuses) addCounts(counts, parseCounts(status) ?? new Map([[status || "unknown", 1]]));
  return rollUpCounts(counts);
}

/** How many leaves at or below an item have which status; no status is unknown. */
export const countLeaves = (item: ResultItem): Record<string, number> => Object.fromEntries(rollUpCounted(item).counts);

type Counts = Map<string, number>;

function rollUpCounted(item: ResultItem): { readonly item: ResultItem; readonly counts: Counts } {
  if (isLeaf(item)) {
    const leaf = rollUpLeaf(item);
    return { item: leaf, counts: new Map([[leaf.status, 1]]) };
  }
  const counts: Counts = new Map();
  const items = (item.items ?? []).map((below) => {
    if (isLeaf(below)) {
      const leaf = rollUpLeaf(below);
      counts.set(leaf.status, (counts.get(leaf.status) ?? 0) + 1);
      return leaf;
    }
    const rolled = rollUpCounted(below);
    addCounts(counts, rolled.counts);
    return rolled.item;
  });
  return { item: { ...item, status: rollUpCounts(counts), items }, counts };
}

const rollUpLeaf = (leaf: ResultItem): ResultItem => (leaf.status === "" ? { ...leaf, status: "unknown" } : leaf);

function addCounts(sum: Counts, added: ReadonlyMap<string, number>): void {
  for (const [status, count] of added) sum.set(status, (sum.get(status) ?? 0) + count);
}

/** The status of leaves of which so many have each status, by the same rule. */
export function rollUpCounts(counts: ReadonlyMap<string, number>): string {
  const names = [...counts.keys()].toSorted();
  if (!names.every(isBuiltInStatus)) return names.map((name) => `${name}: ${counts.get(name)}`).join(", ");
  if (counts.has("failed") || counts.has("timeout")) return "failed";
  if (counts.has("unknown") || counts.size === 0) return "unknown";
  return counts.has("passed") ? "passed" : "skipped";
}

/** What `rollUpCounts` wrote for words of a plugin's own. */
function parseCounts(status: string): Counts | undefined {
  const pairs = status.split(", ").map((part) => /^(.+): (\d{1,9})$/s.exec(part));
  const counts: Counts = new Map();
  for (const pair of pairs) {
    if (pair?.[1] === undefined) return undefined;
    addCounts(counts, new Map([[pair[1], Number(pair[2])]]));
  }
  return counts;
}
