import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";
import { connectCluster } from "../connect-cluster.ts";
import { contextOption, kubeconfigOption, namespaceOption } from "./cluster-options.ts";

/** `asdic status`: 0 whenever the status could be shown, whatever it is. */
export function statusCommand(context: CommandContext): Command {
  const command = new Command("status");
  command
    .description("Show how a run is going, and what is wrong with it.")
    .option("--show-all", "a row for each expected result, asked from the aggregator itself")
    .option("--json", "as JSON")
    .addOption(namespaceOption())
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples)
    .action(async ({ namespace, showAll, json, ...flags }) => {
      const { output, now, signal } = context;
      const cluster = await connectCluster(context, flags);
      const { readStatus } = await import("../status/read-status.ts");
      const { renderFullStatus, renderStatus, renderTrouble } = await import("../status/render-status.ts");
      const { replacement } = await import("../follow/run-view.ts");
      const status = await readStatus(cluster, { namespace, showAll: showAll === true, signal });
      if (json === true) return output.out(`${JSON.stringify(status.full ?? status.summary ?? status.starting, undefined, 2)}\n`);
      const columns = output.isTerminal ? output.columns : Infinity;
      const lines = [
        ...(status.full
          ? renderFullStatus(status.full, now(), columns)
          : status.summary
            ? renderStatus(status.summary, now(), columns)
            : status.isReplaced
              ? []
              : ["The run is starting."]),
        ...(status.isReplaced ? [replacement] : []),
        ...(status.trouble ? renderTrouble(status.trouble) : []),
      ];
      output.out(`${lines.join("\n")}\n`);
    });
  return command;
}

const examples = `
Examples:
  asdic status
  asdic status --show-all -n my-run
  asdic status --json | jq .phase
`;
