import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";
import { connectCluster } from "../connect-cluster.ts";
import { contextOption, kubeconfigOption, namespaceOption } from "./cluster-options.ts";

/** `asdic logs`: 0 when the logs that there are have been printed; with --follow it ends with the run. */
export function logsCommand(context: CommandContext): Command {
  const command = new Command("logs");
  command
    .description("Print the logs of a run's own pods: of the aggregator, and of the plugins and the workers beside them.")
    .option("-f, --follow", "print lines as they come, also of pods that come later, until the run is complete")
    .option("-p, --plugin <name...>", `only of these plugins, or "aggregator"; repeatable`)
    .option("--node <name>", "only of pods on this node")
    .option("-c, --container <name>", "only of containers with this name")
    .option("--previous", "of the containers' runs before their last restart")
    .option("--tail <lines>", "only the last lines of each log")
    .option("--since <duration>", "only lines of this last time, e.g. 90s or 1h30m, or in seconds")
    .option("--timestamps", "begin each line with the time at which it was written")
    .addOption(namespaceOption())
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples)
    .action(async (flags) => {
      const { parseLogsRequest } = await import("../logs/parse-logs-request.ts");
      const request = parseLogsRequest(flags);
      const cluster = await connectCluster(context, flags);
      const { printLogs } = await import("../logs/print-logs.ts");
      await printLogs(context, cluster, request);
    });
  return command;
}

const examples = `
Examples:
  asdic logs -f
  asdic logs -p aggregator --tail 20
  asdic logs -p smoke -p node-facts --since 5m --timestamps
  asdic logs -p node-facts --node worker-2 -c sonobuoy-worker -n my-run
  asdic logs -p my-plugin --previous
`;
