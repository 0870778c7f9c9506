import { KnownError } from "../../core/contract/known-error.ts";
import type { RunReport } from "../../reports/run-report.ts";
import { judgeReport } from "../../reports/thresholds/judge-report.ts";
import { applyWaivers } from "../../reports/waivers/apply-waivers.ts";
import type { CommandContext } from "../command-context.ts";
import { endByCrossings } from "../offline/judge.ts";
import { listThresholds, type ThresholdFlags } from "../offline/threshold-options.ts";
import { readWaivers } from "../waivers/read-waivers.ts";

/** Flags of `run` that judge it by its tarball, in place of the usual verdict. */
export type VerdictFlags = ThresholdFlags & { readonly waivers?: string | undefined };

/** How a run is judged once its tarball is here: `waive` gives its report the waivers, `judge` ends the command by it. */
export type Verdict = { readonly waive: (report: RunReport) => RunReport; readonly judge: (report: RunReport) => void };

/** What the flags ask for, undefined where they ask for nothing; KnownErrors before anything is created: for flags that can't be, and as readWaivers. */
export async function planVerdict(
  context: CommandContext,
  flags: VerdictFlags & { readonly wait?: true | undefined; readonly retrieve: boolean },
): Promise<Verdict | undefined> {
  const { failOn, minCoverage, waivers } = flags;
  const flag = failOn !== undefined ? "--fail-on" : minCoverage !== undefined ? "--min-coverage" : waivers === undefined ? undefined : "--waivers";
  if (flag === undefined) return undefined;
  if (flags.wait !== true)
    throw new KnownError("wrong-usage", `${flag}: nothing can be judged before the run is complete.`, {
      hint: "Add --wait, or judge the tarball later with `asdic results FILE`.",
    });
  if (!flags.retrieve)
    throw new KnownError("wrong-usage", `${flag} and --no-retrieve: can't be used together, because the tarball is what is judged.`, {
      hint: "Leave one of the two out.",
    });
  const known = waivers === undefined ? undefined : await readWaivers(waivers, context.cwd);
  // Who asks for coverage alone does not mean that failures are all right.
  const thresholds = listThresholds({ failOn: failOn ?? [{ kind: "fail" }], minCoverage });
  return {
    waive: (report) => (known === undefined ? report : applyWaivers(report, known, context.now().toISOString().slice(0, 10))),
    judge: (report) => endByCrossings(context, judgeReport(report, thresholds)),
  };
}
