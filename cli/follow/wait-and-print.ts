import type { Cluster } from "../../core/cluster/cluster.ts";
import type { RunSummary } from "../../core/contract/run-status.ts";
import type { CommandContext } from "../command-context.ts";
import { renderResults, renderStatus } from "../status/render-status.ts";
import { createPaint } from "../terminal/style.ts";
import { planLimit } from "./plan-limit.ts";
import { readRunSpec } from "./read-run-spec.ts";
import { runExitCode } from "./run-exit-code.ts";
import { parseWaitCondition } from "./wait-condition.ts";
import { waitForRun } from "./wait-for-run.ts";

/** `condition` as typed; `seconds` undefined: as long as the run may last. */
export type WaitAndPrint = { readonly namespace: string; readonly condition: string; readonly seconds: number | undefined };

/** Waits for a run, prints how it stands then, and ends as it does; KnownError as waitForRun and parseWaitCondition. */
export async function waitAndPrint(context: CommandContext, cluster: Cluster, { namespace, condition, seconds }: WaitAndPrint): Promise<void> {
  const { output, now, signal, setExitCode } = context;
  // A condition without a plugin can be judged before the cluster is asked.
  if (!condition.startsWith("plugin=")) parseWaitCondition(condition, []);
  const spec = await readRunSpec(cluster, namespace, signal);
  const until = parseWaitCondition(condition, spec.plugins);
  const summary = await waitForRun(context, cluster, { namespace, limit: planLimit(spec, { now: now(), seconds }), until });
  const columns = output.isTerminal ? output.columns : Infinity;
  const isComplete = summary.phase === "complete";
  const lines = isComplete ? renderResults(summary, { columns, paint: createPaint(output) }) : renderStatus(summary, now(), { columns });
  const advice = output.isQuiet ? "" : renderAdvice(summary);
  output.out(`${output.isQuiet ? "" : "\n"}${lines.join("\n")}\n${advice}`);
  setExitCode(until(summary) ?? runExitCode(summary));
}

function renderAdvice({ namespace, phase, tarball }: RunSummary): string {
  const next =
    phase !== "complete"
      ? `wait for the rest with \`asdic wait -n ${namespace}\``
      : [
          ...(tarball === undefined ? [] : [`fetch the tarball with \`asdic retrieve -n ${namespace}\``]),
          `remove the run with \`asdic delete -n ${namespace}\``,
        ].join(", and ");
  return `${next.charAt(0).toUpperCase()}${next.slice(1)}.\n`;
}
