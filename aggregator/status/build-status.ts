import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { nameWays } from "./name-ways.ts";
import { unredacted } from "./unredacted.ts";
import type { PluginStatus, Problem, Progress, ResultState, RunStatus, RunSummary, TarballStatus } from "../../core/contract/run-status.ts";
import { isEndState } from "../../core/contract/run-status.ts";
import { isBuiltInStatus } from "../../core/contract/result-item.ts";
import { isTimeOutCode } from "../../core/contract/time-outs.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import { boundCounts } from "../../core/results/bound-counts.ts";
import { rollUpCounts, rollUpStatuses } from "../../core/results/roll-up.ts";
import type { ExpectedResult, ExpectedResults, ResultProblem } from "../state/expected-results.ts";
import type { StatusPage } from "./page-results.ts";
import { pageResults } from "./page-results.ts";

/** Where a run stands as a whole; the rest of a status is computed from its results. */
export type RunProgress = {
  phase: RunSummary["phase"];
  readonly startedAt: Date;
  finishedAt?: Date | undefined;
  /** Why the run itself did not work. */
  failure?: ResultProblem | undefined;
  tarball?: TarballStatus | undefined;
};

export type StatusInput = {
  readonly spec: RunSpec;
  readonly definitions: readonly PluginDefinition[];
  readonly results: ExpectedResults;
  readonly progress: RunProgress;
  /** The aggregator's pod. */
  readonly pod: { readonly nodeName?: string | undefined };
  readonly now: Date;
};

const shownProblems = 20;
const longestSentence = 400;

/** The bounded summary of a run: its size depends on the number of plugins, not of nodes. */
export function buildSummary(input: StatusInput): RunSummary {
  const { spec, definitions, results, progress, now } = input;
  const all = [...results.all()];
  // A problem of the run itself is nobody's.
  const failures = progress.failure ? [buildProblem({ plugin: "", node: "", problem: progress.failure })] : [];
  const problems = [...failures, ...all.filter(({ problem }) => problem !== undefined).map(buildProblem)];
  const plugins = definitions.map((definition) => buildPluginStatus(definition, results.ofPlugin(definition.name)));
  const isComplete = progress.phase === "complete";
  return {
    runId: spec.runId,
    namespace: spec.namespace,
    toolVersion: spec.toolVersion,
    phase: progress.phase,
    ...(isComplete && {
      outcome: progress.failure !== undefined ? "failed" : all.every(({ state }) => state === "done" || state === "skipped") ? "complete" : "incomplete",
    }),
    ...(isComplete && { resultStatus: rollUpRun(plugins) }),
    startedAt: progress.startedAt.toISOString(),
    updatedAt: now.toISOString(),
    ...(progress.finishedAt && { finishedAt: progress.finishedAt.toISOString() }),
    plugins,
    problems: problems.slice(0, shownProblems),
    problemCount: problems.length,
    ...notes(input, all),
    ...(progress.tarball && { tarball: progress.tarball }),
  };
}

const notes = ({ spec, pod }: StatusInput, results: readonly ExpectedResult[]): Pick<RunSummary, "notes"> => {
  const all = [nameWays(results, pod.nodeName), spec.snapshot && unredacted].filter((note) => note !== undefined);
  return all.length === 0 ? {} : { notes: all };
};

/** Everything: the summary and a row for each expected result. */
export const buildStatus = (input: StatusInput): RunStatus => ({
  ...buildSummary(input),
  results: [...input.results.all()].map((result) => buildResultStatus(result)),
});

/** The summary and a page of the rows; undefined where there is no such page. */
export function buildStatusPage(input: StatusInput, wanted: StatusPage): RunStatus | undefined {
  const page = pageResults(input.results.all(), wanted);
  if (!page) return undefined;
  return { ...buildSummary(input), results: page.rows.map(buildResultStatus), ...(page.next !== undefined && { next: page.next }) };
}

function buildResultStatus(result: ExpectedResult): RunStatus["results"][number] {
  const { plugin, node, state, since, startedAt, problem, progress, upload } = result;
  const meaning = judge(result);
  return {
    plugin,
    node,
    state,
    since: since.toISOString(),
    ...(startedAt && { startedAt: startedAt.toISOString() }),
    ...(problem && { code: problem.code, message: problem.message, ...(problem.hint !== undefined && { hint: problem.hint }) }),
    ...(meaning && { resultStatus: meaning.status, resultCounts: meaning.counts }),
    ...(progress && { progress }),
    ...(upload?.way !== undefined && { way: upload.way }),
  };
}

/** What a result comes to with its problem, as the result tree has it: a run error is one more item that failed. */
function judge({
  state,
  problem,
  resultStatus,
  resultCounts,
}: ExpectedResult): { readonly status: string; readonly counts: Record<string, number> } | undefined {
  if (!isEndState(state) || !problem) return resultStatus === undefined ? undefined : { status: resultStatus, counts: resultCounts ?? {} };
  if (state === "skipped") return { status: "skipped", counts: { skipped: 1 } };
  const key = isTimeOutCode(problem.code) ? "timeout" : "failed";
  return { status: "failed", counts: { ...resultCounts, [key]: (resultCounts?.[key] ?? 0) + 1 } };
}

function buildPluginStatus({ name, driver }: PluginDefinition, results: readonly ExpectedResult[]): PluginStatus {
  const states: Partial<Record<ResultState, number>> = {};
  const counted = new Map<string, number>();
  const known: string[] = [];
  for (const result of results) {
    states[result.state] = (states[result.state] ?? 0) + 1;
    const meaning = judge(result);
    if (!meaning) continue;
    known.push(meaning.status);
    for (const [status, count] of Object.entries(meaning.counts)) counted.set(status, (counted.get(status) ?? 0) + count);
  }
  const resultCounts = Object.fromEntries(boundCounts(counted));
  const progress = sumProgress(results);
  return {
    name,
    driver,
    expected: results.length,
    states,
    ...(known.length > 0 && { resultStatus: rollUpResults(known, resultCounts), resultCounts }),
    ...(progress && { progress }),
  };
}

/** Results that are counted texts already, because a plugin has words of its own, are counted anew and not wrapped once more. */
function rollUpResults(known: readonly string[], counts: Readonly<Record<string, number>>): string {
  return Object.keys(counts).every(isBuiltInStatus) ? rollUpStatuses(known) : rollUpCounts(new Map(Object.entries(counts)));
}

/** Of a whole run: what failed counts whatever words stand beside it, and a plugin's own words alone fail nothing. */
const rollUpRun = (plugins: readonly PluginStatus[]): string => rollUpStatuses(plugins.map(rollUpPlugin));

function rollUpPlugin({ resultStatus = "unknown", resultCounts = {} }: PluginStatus): string {
  if (isBuiltInStatus(resultStatus)) return resultStatus;
  return (resultCounts["failed"] ?? 0) + (resultCounts["timeout"] ?? 0) > 0 ? "failed" : "passed";
}

/** Progress of a plugin that runs on many nodes is the sum of what they say. */
function sumProgress(results: readonly ExpectedResult[]): Progress | undefined {
  const reports = results.flatMap(({ progress }) => progress ?? []);
  const [first] = reports;
  if (!first || reports.length === 1) return first;
  const add = (key: "total" | "completed"): number => reports.reduce((sum, report) => sum + (report[key] ?? 0), 0);
  return {
    name: first.name,
    total: add("total"),
    completed: add("completed"),
    failures: reports.flatMap(({ failures }) => failures ?? []).slice(0, shownProblems),
  };
}

function buildProblem({ plugin, node, problem }: Pick<ExpectedResult, "plugin" | "node" | "problem">): Problem {
  return {
    plugin,
    node,
    code: problem?.code ?? "",
    message: (problem?.message ?? "").slice(0, longestSentence),
    ...(problem?.hint !== undefined && { hint: problem.hint }),
  };
}
