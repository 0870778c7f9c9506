import type { PluginStatus, Problem, RunSummary } from "../../core/contract/run-status.ts";
import { countStates, describeCounts, describePlace, describeProgress, type Trouble } from "../follow/run-view.ts";
import { runExitCode } from "../follow/run-exit-code.ts";
import { renderDuration } from "../run/duration.ts";
import { fitText } from "../terminal/safe-text.ts";
import type { Paint } from "../terminal/style.ts";
import { renderTable } from "../terminal/table.ts";
import { selectPlugins } from "./select-plugins.ts";

/** Width of the terminal, and the plugins that are shown; all where none are named. */
export type StatusLook = { readonly columns: number; readonly plugins?: readonly string[] | undefined };

/** A run's status as text: a table, a sentence about the whole run, and what is wrong; safe for a terminal of that width. */
export function renderStatus(summary: RunSummary, now: Date, { columns, plugins }: StatusLook): readonly string[] {
  const shown = selectPlugins(summary, plugins);
  const rows = shown.plugins.map((plugin) => [
    plugin.name,
    describeState(plugin),
    plugin.resultStatus ?? "",
    describeCounts(plugin.resultCounts),
    describeProgress(plugin),
  ]);
  return [
    ...renderTable([["PLUGIN", "STATUS", "RESULT", "COUNTS", "PROGRESS"], ...rows], { columns }),
    "",
    fitText(describeRun(summary, now)),
    ...shown.problems.flatMap(renderProblem),
    ...(summary.problemCount > summary.problems.length
      ? [`and ${summary.problemCount - summary.problems.length} more problems; \`asdic status --show-all\` has them all`]
      : []),
    ...renderNotes(summary),
  ];
}

/** Results at the end of a run: a line a plugin, and what they mean together. */
export function renderResults(summary: RunSummary, { columns, plugins, paint }: StatusLook & { readonly paint: Paint }): readonly string[] {
  const rows = selectPlugins(summary, plugins).plugins.map((plugin) => [
    plugin.name,
    plugin.resultStatus ?? describeState(plugin),
    describeCounts(plugin.resultCounts),
  ]);
  const code = runExitCode(summary);
  const look = code === 0 ? "good" : code === 1 ? "bad" : "warning";
  return [...renderTable([["PLUGIN", "RESULT", "COUNTS"], ...rows], { columns }), "", paint(look, fitText(describeOutcome(summary))), ...renderNotes(summary)];
}

/** What is wrong with the aggregator itself. */
export const renderTrouble = ({ message, hint }: Trouble): readonly string[] => [`problem: ${fitText(message)}`, `  ${fitText(hint)}`];

/** What cost no result, and that people should know of all the same. */
export const renderNotes = ({ notes = [] }: RunSummary): readonly string[] =>
  notes.flatMap(({ message, hint = "" }) => [`note: ${fitText(message)}.`, `  ${fitText(hint)}`]);

/** A problem, and below it what to do. */
export const renderProblem = ({ plugin, node, message, hint }: Problem): readonly string[] => [
  `problem: ${fitText(`${describePlace({ plugin, node })}${message}`)}`,
  ...(hint === undefined ? [] : [`  ${fitText(hint)}`]),
];

/** Where most of a plugin's results are. */
function describeState(plugin: PluginStatus): string {
  const { waiting, running, done, failed, skipped } = countStates(plugin);
  const counts = Object.entries({ waiting, running, done, failed, skipped }).filter(([, count]) => count > 0);
  const [only, ...others] = counts;
  if (only !== undefined && others.length === 0) return plugin.expected > 1 ? `${only[0]} on ${plugin.expected}` : only[0];
  return counts.map(([name, count]) => `${count} ${name}`).join(", ") || "waiting";
}

/** The sentence about the whole run. */
export function describeRun(summary: RunSummary, now: Date): string {
  const seconds = ((summary.finishedAt === undefined ? now.getTime() : Date.parse(summary.finishedAt)) - Date.parse(summary.startedAt)) / 1000;
  if (summary.phase === "running") return `The run ${summary.runId} in namespace ${summary.namespace} has been going on for ${renderDuration(seconds)}.`;
  if (summary.phase === "post-processing")
    return `All plugins of run ${summary.runId} in namespace ${summary.namespace} have ended; the tarball is being made.`;
  return `${describeOutcome(summary)} It took ${renderDuration(seconds)}.${summary.tarball === undefined ? "" : ` Fetch it with \`asdic retrieve -n ${summary.namespace}\`.`}`;
}

function describeOutcome(summary: RunSummary): string {
  const run = `The run ${summary.runId} in namespace ${summary.namespace}`;
  if (summary.outcome === "failed") return `${run} did not work.`;
  const code = runExitCode(summary);
  if (code === 4) return `${run} is incomplete: not everything that was expected is there.`;
  return code === 1 ? `${run} is complete, and something failed.` : `${run} is complete, and nothing failed.`;
}
