import type { Problem, RunSummary } from "../../core/contract/run-status.ts";
import { renderDuration } from "../run/duration.ts";
import { fitText } from "../terminal/safe-text.ts";
import type { Paint } from "../terminal/style.ts";
import { renderTable } from "../terminal/table.ts";
import { countStates, describePlace, describeProgress, replacement, type RunView } from "./run-view.ts";

export type FrameLook = { readonly columns: number; readonly rows: number; readonly paint: Paint };

/** The live view at a moment: no line wider and not more lines than the terminal, nothing in them that could steer it. */
export function renderFrame(view: RunView, now: Date, { columns, rows, paint }: FrameLook): readonly string[] {
  const { summary, trouble, isReplaced } = view;
  const width = columns - 1;
  const troubleLines = trouble === undefined ? [] : [`! ${trouble.message}`, `  ${trouble.hint}`];
  if (summary === undefined) return ["The aggregator is starting.", ...troubleLines.map((line) => paint("bad", fitLine(line, width)))];
  const head = `${describePhase(summary)} ${summary.phase === "running" ? "for" : "after"} ${renderDuration(secondsOf(summary, now))}`;
  const table = renderPlugins(summary, width);
  const problems = [...troubleLines, ...summary.problems.flatMap(renderProblem), ...hiddenProblems(summary)].map((line) => paint("bad", fitLine(line, width)));
  const note = isReplaced ? [fitText(replacement, width)] : [];
  return cutLines([paint("heading", fitText(head, width)), ...note, ...table, ...problems], rows - 1);
}

const phases = { running: "running", "post-processing": "gathering", complete: "complete" } as const;

const describePhase = ({ runId, namespace, phase }: RunSummary): string => `Run ${runId} in namespace ${namespace}: ${phases[phase]}`;

const secondsOf = ({ startedAt, finishedAt }: RunSummary, now: Date): number =>
  ((finishedAt === undefined ? now.getTime() : Date.parse(finishedAt)) - Date.parse(startedAt)) / 1000;

function renderPlugins({ plugins }: RunSummary, columns: number): readonly string[] {
  const rows = plugins.map((plugin) => {
    const { waiting, running, done, failed, skipped } = countStates(plugin);
    const note = [skipped > 0 ? `${skipped} skipped` : "", describeProgress(plugin)].filter(Boolean).join(", ");
    return [plugin.name, ...[plugin.expected, waiting, running, done, failed].map(String), note];
  });
  return renderTable([["PLUGIN", "EXPECTED", "WAITING", "RUNNING", "DONE", "FAILED", ""], ...rows], { columns, right: [1, 2, 3, 4, 5] });
}

const renderProblem = ({ plugin, node, message, hint }: Problem): readonly string[] => [
  `! ${describePlace({ plugin, node })}${message}`,
  ...(hint === undefined ? [] : [`  ${hint}`]),
];

const hiddenProblems = ({ problems, problemCount }: RunSummary): readonly string[] =>
  problemCount > problems.length ? [`! and ${problemCount - problems.length} more; \`asdic status --show-all\` has them all`] : [];

/** The indentation of a line stays, all other white space collapses. */
function fitLine(line: string, columns: number): string {
  const indentation = line.startsWith("  ") ? "  " : "";
  return indentation + fitText(line, columns - indentation.length);
}

const cutLines = (lines: readonly string[], rows: number): readonly string[] =>
  lines.length <= rows ? lines : [...lines.slice(0, Math.max(1, rows - 1)), `… and ${lines.length - Math.max(1, rows - 1)} more lines`];
