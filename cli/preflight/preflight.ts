import type { CommandContext } from "../command-context.ts";
import type { ClusterFlags } from "../connect-cluster.ts";
import type { RunFlags } from "../run/options.ts";
import { planFromFlags } from "../run/plan-from-flags.ts";
import { createPaint } from "../terminal/style.ts";
import { renderOutcomes } from "./render-outcomes.ts";
import { runChecks } from "./run-checks.ts";
import { listProblems } from "./run-preflight.ts";

/** Prints what each check finds for the run that these flags would make; the exit code is 3 where it can't take place. */
export async function preflight(context: CommandContext, flags: RunFlags & ClusterFlags & { readonly json?: true | undefined }): Promise<void> {
  const { output, signal, setExitCode } = context;
  const { plan, objects, cluster, namespace, preflight: options } = await planFromFlags(context, flags);
  const outcomes = await runChecks({ ...options, plan, objects, cluster, namespace, signal });
  const canRun = listProblems(outcomes, "error").length === 0;
  output.out(flags.json === true ? `${JSON.stringify({ canRun, checks: outcomes }, undefined, 2)}\n` : renderOutcomes(outcomes, createPaint(output)));
  if (!canRun) setExitCode(3);
}
