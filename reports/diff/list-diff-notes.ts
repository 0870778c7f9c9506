import type { RunDiff } from "../../core/contract/report/run-diff.ts";
import type { RunReport } from "../run-report.ts";
import { toolOf } from "./presence.ts";

/** What makes two runs hard to compare as a whole, a sentence each. */
export function listDiffNotes(before: RunReport, after: RunReport): RunDiff["notes"] {
  const clusters = [before.provenance.clusterId, after.provenance.clusterId];
  const [was, is] = [before.run.serverVersion, after.run.serverVersion];
  const times = [before, after].map(({ run }) => Date.parse(run.startedAt ?? ""));
  const found: readonly (readonly [code: string, applies: boolean, message: string])[] = [
    ["other-cluster", clusters[0] !== undefined && clusters[1] !== undefined && clusters[0] !== clusters[1], "The runs are of different clusters."],
    [
      "other-version",
      was !== is,
      `Kubernetes was ${was ?? "of an unknown version"} and is ${is ?? "of an unknown version"}: a test may be another one, or another's name.`,
    ],
    ["other-tool", toolOf(before) !== toolOf(after), `The earlier run was made by ${toolOf(before)}, the later one by ${toolOf(after)}.`],
    ["incomplete", before.outcome === "incomplete", "The earlier run is incomplete: what it lacks can't be compared."],
    ["incomplete", after.outcome === "incomplete", "The later run is incomplete: what it lacks can't be compared."],
    ["other-order", (times[0] ?? 0) > (times[1] ?? 0), "The run that is given as the earlier one began later than the other."],
  ];
  return found.flatMap(([code, applies, message]) => (applies ? [{ code, message }] : []));
}
