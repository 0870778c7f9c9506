import type { PluginStatus, Problem, ResultState, RunSummary } from "../../core/contract/run-status.ts";

/** What is known of a run from outside: what its aggregator says, once it does, and what keeps the aggregator from it. */
export type RunView = {
  readonly summary?: RunSummary | undefined;
  readonly trouble?: Trouble | undefined;
  /** The aggregator is gone that had said this, and the one that comes in its place has not spoken yet. */
  readonly isReplaced?: true;
};

/** What is said of a run whose aggregator is being replaced. */
export const replacement = "The aggregator is being replaced; the run goes on.";

/** What is wrong with the aggregator's own pod, in a sentence, and what to do about it. */
export type Trouble = { readonly code: string; readonly message: string; readonly hint: string };

/** A plugin's expected results, as few groups as people can follow. */
export type PluginCounts = { readonly waiting: number; readonly running: number; readonly done: number; readonly failed: number; readonly skipped: number };

/** How many of a plugin's expected results wait, run and have ended how. */
export function countStates({ states }: Pick<PluginStatus, "states">): PluginCounts {
  const sum = (...names: readonly ResultState[]): number => names.reduce((total, name) => total + (states[name] ?? 0), 0);
  return {
    waiting: sum("waiting", "scheduled", "pulling"),
    running: sum("running", "uploading"),
    done: sum("done"),
    failed: sum("failed", "lost", "timed-out"),
    skipped: sum("skipped"),
  };
}

/** What a plugin says of itself while it runs: `5/6 creates pods`. What a finished one said last is of no interest. */
export function describeProgress({
  progress,
  states,
}: {
  readonly progress?: PluginStatus["progress"] | undefined;
  readonly states: PluginStatus["states"];
}): string {
  if (progress === undefined || countStates({ states }).running === 0) return "";
  const failures = progress.failures?.length ?? 0;
  const parts = [
    progress.total !== undefined && progress.total > 0 ? `${(progress.completed ?? 0) + failures}/${progress.total}` : "",
    failures > 0 ? `(${failures} failed)` : "",
    progress.msg ?? "",
  ];
  return parts.filter(Boolean).join(" ");
}

/** Whose problem it is, as the beginning of a line; one of the run itself is nobody's. */
export const describePlace = ({ plugin, node }: Pick<Problem, "plugin" | "node">): string => (plugin === "" ? "" : `${plugin}, ${node}: `);

/** Counts of a result tree: `passed 5, failed 1`, the usual ones first. */
export function describeCounts(counts: Readonly<Record<string, number>> | undefined): string {
  const usual = ["passed", "failed", "skipped"];
  const names = [
    ...usual,
    ...Object.keys(counts ?? {})
      .filter((name) => !usual.includes(name))
      .toSorted(),
  ];
  return names.flatMap((name) => ((counts?.[name] ?? 0) > 0 ? [`${name || "no status"} ${counts?.[name]}`] : [])).join(", ");
}
