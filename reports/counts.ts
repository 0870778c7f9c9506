import type { Counts } from "./run-report.ts";

export const noCounts: Counts = { total: 0, passed: 0, failed: 0, skipped: 0, other: {} };

/** Statuses of leaves as numbers: timeout counts as failed, none ("") as unknown, other words by name in sorted order. */
export function countStatuses(statuses: readonly string[]): Counts {
  const numbers = new Map<string, number>();
  for (const status of statuses) {
    const counted = status === "timeout" ? "failed" : status === "" ? "unknown" : status;
    numbers.set(counted, (numbers.get(counted) ?? 0) + 1);
  }
  const { passed = 0, failed = 0, skipped = 0, ...other } = fromEntries(numbers);
  return { total: statuses.length, passed, failed, skipped, other };
}

/** The sum of two counts. */
export function addCounts(a: Counts, b: Counts): Counts {
  const other = new Map(Object.entries(a.other));
  for (const [status, number] of Object.entries(b.other)) other.set(status, (other.get(status) ?? 0) + number);
  return { total: a.total + b.total, passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped, other: fromEntries(other) };
}

/** Sorted; own properties even for a status named "__proto__". */
const fromEntries = (numbers: ReadonlyMap<string, number>): { readonly [status: string]: number } =>
  Object.fromEntries([...numbers].toSorted(([a], [b]) => (a < b ? -1 : 1)));
