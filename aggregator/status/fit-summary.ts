import type { PluginStatus, Problem, Progress, RunSummary } from "../../core/contract/run-status.ts";

/** Bytes that a summary may take as JSON: with Sonobuoy's rows about 100 KiB of the 256 KiB that all annotations of a pod share. */
const summaryLimit = 40 * 1024;

/** The summary as it fits its annotation: whole if it can, else with less and less of what is only nice to know; counts and what failed stay longest. */
export function fitSummary(summary: RunSummary): RunSummary {
  for (const cut of cuts) {
    const shortened = cut(summary);
    if (sizeOf(shortened) <= summaryLimit) return shortened;
  }
  return dropPlugins(cutAll(summary, 3));
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const cuts: readonly ((summary: RunSummary) => RunSummary)[] = [
  (summary) => summary,
  // What plugins say of themselves is as long as they like.
  (summary) => ({ ...summary, plugins: summary.plugins.map((plugin) => ({ ...plugin, ...shortenProgress(plugin) })) }),
  (summary) => cutAll(summary, 10),
  (summary) => cutAll(summary, 3),
];

const shortenProgress = ({ progress }: PluginStatus): Pick<PluginStatus, "progress"> =>
  progress === undefined ? {} : { progress: { ...keepNumbers(progress), ...(progress.msg !== undefined && { msg: cutText(progress.msg, 200) }) } };

const keepNumbers = ({ timestamp, total, completed }: Progress): Progress => ({
  ...(timestamp !== undefined && { timestamp }),
  ...(total !== undefined && { total }),
  ...(completed !== undefined && { completed }),
});

/** At most so many problems, and of each plugin its counts. */
function cutAll(summary: RunSummary, most: number): RunSummary {
  const { resultStatus, notes } = summary;
  return {
    ...summary,
    ...(resultStatus !== undefined && { resultStatus: cutText(resultStatus, 100) }),
    plugins: summary.plugins.map(({ name, driver, expected, states, resultStatus: own, resultCounts }) => ({
      name,
      driver,
      expected,
      states,
      ...(own !== undefined && { resultStatus: cutText(own, 100) }),
      ...(resultCounts && { resultCounts: Object.fromEntries(Object.entries(resultCounts).filter(([word]) => usualWords.has(word))) }),
    })),
    problems: summary.problems.slice(0, most).map(cutProblem),
    ...(notes && { notes: notes.slice(0, most).map(cutProblem) }),
  };
}

const usualWords: ReadonlySet<string> = new Set(["passed", "failed", "skipped", "timeout", "unknown"]);

const cutProblem = ({ plugin, node, code, message, hint }: Problem): Problem => ({
  plugin,
  node,
  code,
  message: cutText(message, 200),
  ...(hint !== undefined && { hint: cutText(hint, 200) }),
});

const cutText = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`);

/** Of hundreds of plugins those with failures, and then the first that there is room for. */
function dropPlugins(summary: RunSummary): RunSummary {
  const failures = ({ states }: PluginStatus): number => (states.failed ?? 0) + (states.lost ?? 0) + (states["timed-out"] ?? 0);
  const kept: PluginStatus[] = [];
  let room = summaryLimit - sizeOf({ ...summary, plugins: [] });
  for (const plugin of summary.plugins.toSorted((one, other) => Math.sign(failures(other)) - Math.sign(failures(one)))) {
    room -= sizeOf(plugin) + 1;
    if (room < 0) break;
    kept.push(plugin);
  }
  return { ...summary, plugins: summary.plugins.filter((plugin) => kept.includes(plugin)) };
}
