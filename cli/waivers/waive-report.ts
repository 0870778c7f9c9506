import { applyWaivers } from "../../reports/waivers/apply-waivers.ts";
import type { RunReport } from "../../reports/run-report.ts";
import type { CommandContext } from "../command-context.ts";
import { readWaivers } from "./read-waivers.ts";

/** A report with the waivers of --waivers, or as it is without the flag; KnownError as readWaivers. */
export async function waiveReport({ cwd, now }: CommandContext, report: RunReport, file: string | undefined): Promise<RunReport> {
  return file === undefined ? report : applyWaivers(report, await readWaivers(file, cwd), now().toISOString().slice(0, 10));
}
