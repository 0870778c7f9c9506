import type { RunSummary } from "../../core/contract/run-status.ts";
import { fitText } from "../terminal/safe-text.ts";
import { countStates, describeProgress, type RunView } from "./run-view.ts";

/** For output that is no terminal: gives the lines that a view adds to those before; what was said is not said again. */
export function createPlainLines(): (view: RunView) => readonly string[] {
  const said = new Map<string, string>();
  const once = (key: string, line: string): readonly string[] => {
    if (said.get(key) === line) return [];
    said.set(key, line);
    return [line];
  };
  return ({ summary, trouble }) => [
    ...(summary === undefined && trouble === undefined ? once("phase", "The aggregator is starting.") : []),
    ...(trouble === undefined ? [] : once(`trouble ${trouble.message}`, fitText(`problem: ${trouble.message} ${trouble.hint}`))),
    ...(summary === undefined ? [] : renderSummary(summary, once)),
  ];
}

function renderSummary(summary: RunSummary, once: (key: string, line: string) => readonly string[]): readonly string[] {
  return [
    ...once("phase", fitText(`Run ${summary.runId} in namespace ${summary.namespace}: ${phases[summary.phase]}.`)),
    ...summary.plugins.flatMap((plugin) => {
      const { waiting, running, done, failed, skipped } = countStates(plugin);
      const counts = Object.entries({ waiting, running, done, failed, skipped }).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []));
      const progress = describeProgress(plugin);
      return once(`plugin ${plugin.name}`, fitText(`${plugin.name}: ${[`${plugin.expected} expected`, ...counts].join(", ")}${progress === "" ? "" : ` (${progress})`}`));
    }),
    ...summary.problems.flatMap(({ plugin, node, code, message, hint }) =>
      once(`problem ${plugin} ${node} ${code}`, fitText(`problem: ${plugin}, ${node}: ${message}${hint === undefined ? "" : ` ${hint}`}`)),
    ),
  ];
}

const phases = { running: "running", "post-processing": "all plugins have ended, gathering", complete: "complete" } as const;
