import type { RunSummary } from "../../core/contract/run-status.ts";
import { fitText } from "../terminal/safe-text.ts";
import { countStates, describePlace, describeProgress, replacement, type RunView } from "./run-view.ts";

/**
 * For output that is no terminal: gives the lines that a view adds to those before. Equal lines are not repeated, a problem is told once, and of
 * a plugin with many results each twentieth of them.
 */
export function createPlainLines(): (view: RunView) => readonly string[] {
  const said = new Map<string, string>();
  const onChange = (key: string, line: string, change = line): readonly string[] => {
    if (said.get(key) === change) return [];
    said.set(key, change);
    return [line];
  };
  // Kubernetes words the same problem anew with each try.
  const once = (key: string, line: string): readonly string[] => (said.has(key) ? [] : onChange(key, line));
  return ({ summary, trouble, isReplaced }) => [
    ...(isReplaced ? onChange("aggregator", replacement) : (said.delete("aggregator"), [])),
    ...(summary === undefined && trouble === undefined ? onChange("phase", "The aggregator is starting.") : []),
    ...(trouble === undefined ? [] : once(`trouble ${trouble.code}`, fitText(`problem: ${endSentence(trouble.message)} ${trouble.hint}`))),
    ...(summary === undefined || isReplaced ? [] : renderSummary(summary, { once, onChange })),
  ];
}

/** `change` is what must differ for a line to be said. */
type Say = (key: string, line: string, change?: string) => readonly string[];

/** Of more results than these a line for each would hide everything else. */
const manyResults = 100;

function renderSummary(summary: RunSummary, { once, onChange }: { readonly once: Say; readonly onChange: Say }): readonly string[] {
  return [
    ...onChange("phase", fitText(`Run ${summary.runId} in namespace ${summary.namespace}: ${phases[summary.phase]}.`)),
    ...summary.plugins.flatMap((plugin) => {
      const { waiting, running, done, failed, skipped } = countStates(plugin);
      const counts = Object.entries({ waiting, running, done, failed, skipped }).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []));
      if (plugin.expected === 0) return [];
      const progress = describeProgress(plugin);
      const twentieths = [waiting, running, done, failed, skipped].map((count) => Math.ceil((20 * count) / plugin.expected)).join();
      return onChange(
        `plugin ${plugin.name}`,
        fitText(`${plugin.name}: ${[`${plugin.expected} expected`, ...counts].join(", ")}${progress === "" ? "" : ` (${progress})`}`),
        plugin.expected > manyResults ? twentieths : undefined,
      );
    }),
    ...summary.problems.flatMap(({ plugin, node, code, message, hint = "" }) =>
      once(`problem ${plugin} ${node} ${code}`, fitText(`problem: ${describePlace({ plugin, node })}${endSentence(message)} ${hint}`)),
    ),
  ];
}

const endSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

const phases = { running: "running", "post-processing": "all plugins have ended, gathering", complete: "complete" } as const;
