import { Command, Option } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";
import { connectCluster } from "../connect-cluster.ts";
import { contextOption, kubeconfigOption, namespaceOption } from "./cluster-options.ts";

/** `asdic status`: 0 whenever the status could be shown, whatever it is; with --watch the run's own exit code. */
export function statusCommand(context: CommandContext): Command {
  const command = new Command("status");
  command
    .description("Show how a run is going, and what is wrong with it.")
    .option("-p, --plugin <name...>", "only of these plugins; repeatable")
    .option("--show-all", "a row for each expected result, asked from the aggregator itself")
    .addOption(new Option("-w, --watch", "show each change until the run is complete, then end as `asdic wait` does").conflicts("showAll"))
    .option("--json", "as JSON, with --watch a line a change; `asdic schema status` says what it holds")
    .addOption(namespaceOption())
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples)
    .action(async ({ namespace, plugin: plugins, showAll, watch, json, ...flags }) => {
      const cluster = await connectCluster(context, flags);
      if (watch === true) {
        const { watchStatus } = await import("../status/watch-status.ts");
        return watchStatus(context, cluster, { namespace, plugins, isJson: json === true });
      }
      const { printStatus } = await import("../status/print-status.ts");
      await printStatus(context, cluster, { namespace, plugins, showAll: showAll === true, isJson: json === true });
    });
  return command;
}

const examples = `
Examples:
  asdic status
  asdic status --show-all -n my-run -p smoke
  asdic status --watch && asdic retrieve
  asdic status --json | jq .phase
`;
