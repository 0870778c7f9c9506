import type { Cluster } from "../../core/cluster/cluster.ts";
import type { Output } from "../terminal/output.ts";
import type { ExitCode } from "../../core/contract/known-error.ts";
import type { RedactionReport } from "../../core/redaction/redaction-report.ts";
import { fitText } from "../terminal/safe-text.ts";
import { renderCoverage } from "./render-coverage.ts";
import { showProgress } from "./show-progress.ts";
import { takeSnapshot, type SnapshotRequest } from "./take-snapshot.ts";

/** Takes a snapshot, says how far it is and what has come of it, and prints its path; 1 if not all secrets could be hidden in it. */
export async function showSnapshot(output: Output, cluster: Cluster, request: Omit<SnapshotRequest, "onProgress">): Promise<ExitCode> {
  const progress = showProgress(output);
  const { coverage, size, report } = await takeSnapshot(cluster, { ...request, onProgress: progress.show }).finally(() => progress.end());
  output.err([...renderCoverage(coverage, size), ...renderHidden(report)].map((line) => `${line}\n`).join(""));
  output.out(`${request.path}\n`);
  return (report?.verified?.leaks.length ?? 0) > 0 ? 1 : 0;
}

function renderHidden(report: RedactionReport | undefined): readonly string[] {
  if (report === undefined) return ["It is not redacted: it holds whatever people have written into objects and logs. Look at it before you pass it on."];
  const { totals, files, verified, dropped } = report;
  const count = Object.values(totals).reduce((sum, times) => sum + times, 0);
  const leaks = verified?.leaks ?? [];
  return [
    `${count} secrets hidden in ${Object.keys(files).length} files (meta/redaction.json)${dropped.length === 0 ? "" : `; left out in ${dropped.length} places what could not be searched`}.`,
    ...leaks
      .slice(0, shownLeaks)
      .map(({ file, rule }) => fitText(`A secret is still in ${file} (${rule}). Run asdic redact on the tarball before you pass it on.`)),
  ];
}

const shownLeaks = 10;
