import type { Cluster } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import { renderSafeText } from "../terminal/safe-text.ts";
import type { CheckInput, Problem } from "./check.ts";
import type { PreflightOptions } from "./parse-preflight.ts";
import { runChecks, type Outcome } from "./run-checks.ts";

/** A run that is about to be made. */
export type PreflightRequest = Pick<CheckInput, "plan" | "objects" | "namespace"> & { readonly options: PreflightOptions };

/** Checks what can be checked before anything is created: warnings become notes, and one KnownError "cluster-refused" tells all errors together. */
export async function runPreflight({ output, signal }: Pick<CommandContext, "output" | "signal">, cluster: Cluster, request: PreflightRequest): Promise<void> {
  const { options, ...run } = request;
  const outcomes = await runChecks({ ...run, ...options, cluster, signal });
  for (const line of renderNotes(outcomes)) output.err(`note: ${line}\n`);
  const errors = listProblems(outcomes, "error");
  if (errors.length === 0) return;
  const lines = errors.flatMap(({ code, problem }) => [`${code}: ${renderSafeText(problem.sentence)}`, `  ${renderSafeText(problem.fix)}`]);
  const codes = [...new Set(errors.map(({ code }) => code))].join(",");
  throw new KnownError("cluster-refused", ["This run can't take place, and nothing was created.", ...lines].join("\n"), {
    hint: `To try it in spite of that: --skip-preflight=${codes}`,
  });
}

/** A line each for what is good to know; what could not be looked at is one line, because it often has one reason. */
function renderNotes(outcomes: readonly Outcome[]): readonly string[] {
  const warnings = listProblems(outcomes, "warning").map(({ code, problem }) => renderSafeText(`${code}: ${problem.sentence} ${problem.fix}`));
  const unchecked = outcomes.flatMap((outcome) => (outcome.state === "not-checked" ? [outcome] : []));
  const reasons = [...Map.groupBy(unchecked, ({ reason }) => reason)].map(([reason, same]) => `${same.map(({ code }) => code).join(", ")} (${reason})`);
  return [...warnings, ...(reasons.length === 0 ? [] : [renderSafeText(`Not checked: ${reasons.join("; ")}`)])];
}

/** Of all checks, in the order of their list. */
export const listProblems = (outcomes: readonly Outcome[], severity: Problem["severity"]): readonly { readonly code: string; readonly problem: Problem }[] =>
  outcomes.flatMap((outcome) =>
    outcome.state === "checked" ? outcome.problems.filter((problem) => problem.severity === severity).map((problem) => ({ code: outcome.code, problem })) : [],
  );
