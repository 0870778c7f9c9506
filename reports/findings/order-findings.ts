import { findingStatuses, severities } from "../../core/contract/report/finding-words.ts";
import type { FindingDraft } from "./fingerprint.ts";

/**
 * Findings in the order in which to look at them: what failed before what warns, severe before slight, what hits much before what hits little, what has a
 * remedy before what has none; those of the same check stay together, and otherwise the order stays.
 */
export function orderFindings(findings: readonly FindingDraft[]): readonly FindingDraft[] {
  const groups = new Map<string, number>();
  for (const finding of findings) groups.set(keyOf(finding), (groups.get(keyOf(finding)) ?? 0) + 1);
  const first = new Map<string, number>();
  for (const [index, finding] of findings.entries()) if (!first.has(keyOf(finding))) first.set(keyOf(finding), index);
  const ranked = findings.map((finding, index) => ({
    finding,
    rank: [
      findingStatuses.indexOf(finding.status),
      severities.indexOf(finding.severity),
      -(groups.get(keyOf(finding)) ?? 0) - (finding.scope === "cluster" && finding.category === "run" ? wholePlugin : 0),
      finding.remediation === undefined ? 1 : 0,
      first.get(keyOf(finding)) ?? 0,
      index,
    ],
  }));
  return ranked.toSorted((a, b) => compare(a.rank, b.rank)).map(({ finding }) => finding);
}

/** What is missing of a plugin as a whole outweighs what is missing from this many nodes. */
const wholePlugin = 1000;

const keyOf = ({ id, plugin }: FindingDraft): string => JSON.stringify([id, plugin]);

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
