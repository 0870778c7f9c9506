import { globalNode } from "../../core/contract/names.ts";
import type { Coverage } from "../../core/contract/report/coverage.ts";
import type { SnapshotCoverage } from "../../core/contract/snapshot-coverage.ts";
import type { ExpectedResult } from "./list-expected.ts";

/** How much of what was expected has come, and what of the cluster the snapshot lacks. */
export function planCoverage(expected: readonly ExpectedResult[], snapshot: SnapshotCoverage | undefined): Coverage {
  const missing = expected.filter(({ came }) => !came);
  const reasons = new Map<string, number>();
  for (const { code, state } of missing) reasons.set(code ?? state, (reasons.get(code ?? state) ?? 0) + 1);
  const nodes = new Set(expected.map(({ node }) => node).filter((node) => node !== globalNode));
  const uncovered = new Set(missing.map(({ node }) => node).filter((node) => node !== globalNode));
  return {
    expected: expected.length,
    evaluated: expected.length - missing.length,
    notEvaluated: Object.fromEntries([...reasons].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    nodes: { expected: nodes.size, covered: nodes.size - uncovered.size },
    ...(snapshot === undefined ? {} : { snapshot: planSnapshot(snapshot) }),
  };
}

const shownGaps = 50;

const planSnapshot = ({ kinds, objects, logs, failureCount, failures, omissions }: SnapshotCoverage): NonNullable<Coverage["snapshot"]> => ({
  kinds,
  objects,
  logs,
  failureCount,
  failures: failures.slice(0, shownGaps).map(({ verb, resource, namespace, code, message }) => ({ verb, resource, namespace, code, message })),
  omissions: omissions.slice(0, shownGaps).map(({ what, why, count }) => ({ what, why, count })),
});
