import type { RunReport } from "../core/contract/report/run-report.ts";

export type { RunReport };
/** Parts of a run's report, by the names under which formats know them. */
export type Outcome = RunReport["outcome"];
export type RunFacts = RunReport["run"];
export type Counts = RunReport["counts"];
export type PluginReport = RunReport["plugins"][number];
export type ReportProblem = PluginReport["problems"][number];
export type EvidencePart = NonNullable<ReportProblem["evidence"]>[number];
export type Suite = PluginReport["suites"][number];
export type ReportCase = Suite["cases"][number];
export type Fact = NonNullable<ReportCase["facts"]>[number];
export type FailedItem = PluginReport["failed"][number];
