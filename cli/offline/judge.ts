import type { ExitCode } from "../../core/contract/known-error.ts";
import type { RunReport } from "../../reports/run-report.ts";
import { judgeReport, type Crossing } from "../../reports/thresholds/judge-report.ts";
import type { CommandContext } from "../command-context.ts";
import { renderSafeText } from "../terminal/safe-text.ts";
import { listThresholds, type ThresholdFlags } from "./threshold-options.ts";

/** Ends a command as the thresholds of a report say: 0 where none is crossed, else 4 before 1, with a line for each on the error output. */
export function judge(context: CommandContext, report: RunReport, flags: ThresholdFlags): void {
  endByCrossings(context, judgeReport(report, listThresholds(flags)));
}

/** The same of crossings that are known. */
export function endByCrossings({ output, setExitCode }: CommandContext, crossings: readonly Crossing[]): void {
  for (const { sentence } of crossings) output.err(`${renderSafeText(sentence)}\n`);
  const codes: readonly ExitCode[] = crossings.map(({ exitCode }) => exitCode);
  setExitCode(codes.includes(4) ? 4 : codes.includes(1) ? 1 : 0);
}
