import { KnownError } from "../../core/contract/known-error.ts";
import type { Problem, ResultStatus, RunSummary } from "../../core/contract/run-status.ts";

type Status = Omit<RunSummary, "phase"> & { readonly results?: readonly ResultStatus[] };

/** A status of these plugins alone, and of the run itself; of all of them when none is named. */
export function selectPlugins<Some extends Status>(status: Some, names: readonly string[] | undefined): Some {
  if (names === undefined) return status;
  const isChosen = ({ plugin }: Pick<Problem, "plugin">): boolean => plugin === "" || names.includes(plugin);
  const problems = status.problems.filter(isChosen);
  return {
    ...status,
    plugins: status.plugins.filter(({ name }) => names.includes(name)),
    problems,
    // Those beyond the first twenty are anybody's.
    problemCount: status.problemCount - status.problems.length + problems.length,
    ...(status.results && { results: status.results.filter(isChosen) }),
  };
}

/** KnownError "unknown-plugin" when the run has no plugin of one of these names. */
export function checkPluginNames(names: readonly string[] | undefined, plugins: readonly string[]): void {
  const unknown = names?.filter((name) => !plugins.includes(name)) ?? [];
  if (unknown.length > 0)
    throw new KnownError("unknown-plugin", `-p: the run has no plugin ${unknown.map((name) => JSON.stringify(name)).join(", ")}.`, {
      hint: `Its plugins are ${plugins.join(", ")}.`,
    });
}
