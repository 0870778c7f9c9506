import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";
import { connectCluster } from "../connect-cluster.ts";
import { contextOption, kubeconfigOption, namespaceOption } from "./cluster-options.ts";

/** `asdic wait`: ends with the run, and as it ended. */
export function waitCommand(context: CommandContext): Command {
  const command = new Command("wait");
  command
    .description("Watch a run until it is complete. Ends with 0 if all passed, 1 if something failed, 4 if not everything came.")
    .option("--timeout <duration>", "how long to wait, e.g. 90s or 1h30m, or in seconds; without it as long as the run may last")
    .addOption(namespaceOption())
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples)
    .action(async ({ namespace, timeout, ...flags }) => {
      const { parseDuration } = await import("../run/duration.ts");
      const seconds = timeout === undefined ? undefined : parseDuration("--timeout", timeout);
      const cluster = await connectCluster(context, flags);
      const { readRunSpec } = await import("../follow/read-run-spec.ts");
      const { waitForRun } = await import("../follow/wait-for-run.ts");
      const { planLimit } = await import("../follow/plan-limit.ts");
      const { renderResults } = await import("../status/render-status.ts");
      const { createPaint } = await import("../terminal/style.ts");
      const { runExitCode } = await import("../follow/run-exit-code.ts");
      const spec = await readRunSpec(cluster, namespace, context.signal);
      const summary = await waitForRun(context, cluster, { namespace, limit: planLimit(spec, { now: context.now(), seconds }) });
      const { output } = context;
      const lines = renderResults(summary, { columns: output.isTerminal ? output.columns : Infinity, paint: createPaint(output) });
      const next = [
        ...(summary.tarball === undefined ? [] : [`fetch the tarball with \`asdic retrieve -n ${namespace}\``]),
        `remove the run with \`asdic delete -n ${namespace}\``,
      ].join(", and ");
      output.out(`\n${lines.join("\n")}\n${next.charAt(0).toUpperCase()}${next.slice(1)}.\n`);
      context.setExitCode(runExitCode(summary));
    });
  return command;
}

const examples = `
Examples:
  asdic wait
  asdic wait -n my-run --timeout 30m && asdic retrieve -n my-run
`;
