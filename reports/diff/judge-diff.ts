import type { RunDiff } from "../../core/contract/report/run-diff.ts";
import type { RunReport } from "../run-report.ts";
import { judgeReport, type Crossing } from "../thresholds/judge-report.ts";
import { renderThreshold, type Threshold } from "../thresholds/threshold.ts";
import { renderName } from "../visible-text.ts";
import { describePlace } from "./describe-diff.ts";

/** The thresholds that a comparison crosses: new and worse by its changes that are not waived, all others by the later run alone. */
export function judgeDiff(diff: RunDiff, after: RunReport, thresholds: readonly Threshold[]): readonly Crossing[] {
  const crossed = thresholds.flatMap((threshold): readonly Crossing[] => {
    const changes = diff.changes.filter(({ kind, waiver }) => kind === threshold.kind && waiver?.state !== "active");
    const [first] = changes;
    if (first === undefined || (threshold.kind !== "new" && threshold.kind !== "worse")) return [];
    const name = [describePlace(first), renderName(first.title).replace(/\.$/, "")].filter((part) => part !== "").join(": ");
    return [
      {
        threshold,
        sentence: `${renderThreshold(threshold)}: ${changes.length} ${threshold.kind}${changes.length === 1 ? ": " : ", first "}${name}.`,
        exitCode: 1,
      },
    ];
  });
  return [...crossed, ...judgeReport(after, thresholds)];
}
