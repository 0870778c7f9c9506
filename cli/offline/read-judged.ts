import { resolve } from "node:path";
import { KnownError } from "../../core/contract/known-error.ts";
import type { RunDiff } from "../../core/contract/report/run-diff.ts";
import { diffRuns } from "../../reports/diff/diff-runs.ts";
import { judgeDiff } from "../../reports/diff/judge-diff.ts";
import { readReport } from "../../reports/read-report.ts";
import type { RunReport } from "../../reports/run-report.ts";
import { judgeReport } from "../../reports/thresholds/judge-report.ts";
import type { CommandContext } from "../command-context.ts";
import { waiveReport } from "../waivers/waive-report.ts";
import { endByCrossings } from "./judge.ts";
import { placeOf } from "./redact-option.ts";
import { listThresholds, type ThresholdFlags } from "./threshold-options.ts";

export type JudgedRequest = ThresholdFlags & { readonly file: string; readonly waivers?: string | undefined; readonly redact?: boolean };

/** `judge` ends the command as the thresholds say. */
export type Judged = { readonly report: RunReport; readonly judge: () => void };

/** A tarball's report with waivers, compared with an earlier one where there is a baseline; KnownErrors as readReport and readWaivers. */
export async function readJudged(context: CommandContext, request: JudgedRequest & { readonly baseline?: string | undefined }): Promise<Judged> {
  const { baseline } = request;
  if (baseline !== undefined) {
    const { report, diff, judge } = await readCompared(context, { ...request, baseline });
    return { report: { ...report, diff }, judge };
  }
  const thresholds = listThresholds(request);
  const comparing = thresholds.find(({ kind }) => kind === "new" || kind === "worse");
  if (comparing !== undefined)
    throw new KnownError("wrong-usage", `--fail-on ${comparing.kind}: there is nothing to compare with.`, { hint: "Name an earlier run with --baseline." });
  const report = await readWaived(context, request, request.file);
  return { report, judge: () => endByCrossings(context, judgeReport(report, thresholds)) };
}

/** The same with the comparison apart. */
export async function readCompared(
  context: CommandContext,
  request: JudgedRequest & { readonly baseline: string },
): Promise<Judged & { readonly diff: RunDiff }> {
  const before = await readWaived(context, request, request.baseline);
  const report = await readWaived(context, request, request.file);
  const diff = diffRuns(before, report);
  return { report, diff, judge: () => endByCrossings(context, judgeDiff(diff, report, listThresholds(request))) };
}

const readWaived = async (context: CommandContext, { waivers, redact = true }: JudgedRequest, file: string): Promise<RunReport> =>
  waiveReport(context, await readReport(placeOf(resolve(context.cwd, file), { redact })), waivers);
