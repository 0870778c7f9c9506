import { Command, Option } from "@commander-js/extra-typings";
import { resultStates } from "../../core/contract/result-states.ts";
import type { CommandContext } from "../command-context.ts";
import { connectCluster } from "../connect-cluster.ts";
import { contextOption, kubeconfigOption, namespaceOption } from "./cluster-options.ts";

/** `asdic status`: 0 whenever the status could be shown, whatever it is; with --watch the run's own exit code. */
export function statusCommand(context: CommandContext): Command {
  const command = new Command("status");
  command
    .description("Show how a run is going, and what is wrong with it.")
    .option("-p, --plugin <name...>", "only of these plugins; repeatable")
    .option("--show-all", "a row for each expected result, or where these are more than 60 a row for each group of them, asked from the aggregator itself")
    .option("--node <name...>", 'as --show-all, only the results of these nodes ("global": of plugins that run once); repeatable')
    .addOption(new Option("--state <state...>", "as --show-all, only results in these states; repeatable").choices(resultStates))
    .option("--ungrouped", "as --show-all, with a row for each however many there are")
    .addOption(
      new Option("-w, --watch", "show each change until the run is complete, then end as `asdic wait` does").conflicts([
        "showAll",
        "node",
        "state",
        "ungrouped",
      ]),
    )
    .option("--json", "as JSON, with --watch a line a change; `asdic schema status` says what it holds")
    .addOption(namespaceOption())
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples)
    .action(async ({ namespace, plugin: plugins, showAll, node: nodes, state: states, ungrouped, watch, json, ...flags }) => {
      const cluster = await connectCluster(context, flags);
      if (watch === true) {
        const { watchStatus } = await import("../status/watch-status.ts");
        return watchStatus(context, cluster, { namespace, plugins, isJson: json === true });
      }
      const { printStatus } = await import("../status/print-status.ts");
      await printStatus(context, cluster, {
        namespace,
        plugins,
        nodes,
        states,
        isUngrouped: ungrouped === true,
        showAll: showAll === true || ungrouped === true || nodes !== undefined || states !== undefined,
        isJson: json === true,
      });
    });
  return command;
}

const examples = `
A result that came otherwise than over the aggregator's Service has its way beside it: over the address of the aggregator's pod, or through the
API server, where the pod network carries nothing.

Examples:
  asdic status
  asdic status --show-all -n my-run -p smoke
  asdic status --state lost --state timed-out
  asdic status --watch && asdic retrieve
  asdic status --json | jq .phase
`;
