import { resolve } from "node:path";
import { diffFormats } from "../../reports/diff/formats.ts";
import type { DiffFormatName } from "../../reports/diff/format-names.ts";
import { diffRuns } from "../../reports/diff/diff-runs.ts";
import { judgeDiff } from "../../reports/diff/judge-diff.ts";
import { renderDiffText } from "../../reports/diff/render-text.ts";
import { readRun } from "../../reports/read-run.ts";
import type { RunReport } from "../../reports/run-report.ts";
import { summarize } from "../../reports/summarize.ts";
import type { CommandContext } from "../command-context.ts";
import { waiveReport } from "../waivers/waive-report.ts";
import { endByCrossings } from "./judge.ts";
import { printUntrusted } from "./print-untrusted.ts";
import { terminalLook } from "./terminal-look.ts";
import { listThresholds, type ThresholdFlags } from "./threshold-options.ts";
import { writeReportFile } from "./write-report-file.ts";

export type DiffRequest = ThresholdFlags & {
  readonly before: string;
  readonly after: string;
  readonly format: DiffFormatName;
  readonly output?: string | undefined;
  readonly waivers?: string | undefined;
};

/** Prints how a tarball differs from an earlier one, or writes it to a file; KnownErrors as readRun and readWaivers. */
export async function showDiff(context: CommandContext, request: DiffRequest): Promise<void> {
  const { format, output } = request;
  const before = await readReport(context, request.before, request.waivers);
  const after = await readReport(context, request.after, request.waivers);
  const diff = diffRuns(before, after);
  if (output !== undefined) await writeReportFile(resolve(context.cwd, output), diffFormats[format](diff));
  else if (format === "text") context.output.out(renderDiffText(diff, terminalLook(context, "brief")));
  else printUntrusted(context.output, diffFormats[format](diff));
  endByCrossings(context, judgeDiff(diff, after, listThresholds(request)));
}

const readReport = async (context: CommandContext, file: string, waivers: string | undefined): Promise<RunReport> =>
  waiveReport(context, summarize(await readRun(resolve(context.cwd, file))), waivers);
