import { resolve } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import { connectCluster } from "../connect-cluster.ts";
import { contextOption, kubeconfigOption, namespaceOption } from "./cluster-options.ts";

/** `asdic logs`: 0 when the logs that there are have been printed; with --follow it ends with the run. */
export function logsCommand(context: CommandContext): Command {
  const command = new Command("logs");
  command
    .description(
      "Print the logs of a run's own pods: of the aggregator, and of the plugins and the workers beside them. With --file, of any pod that a tarball has logs of, without a cluster.",
    )
    .argument("[pod]", "with --file: whose log to print: a pod, or deploy/NAME and the like for the first of its pods")
    .argument("[container]", "with --file: the same as -c")
    .option("-f, --follow", "print lines as they come, also of pods that come later, until the run is complete")
    .option("-p, --plugin <name...>", `only of these plugins, or "aggregator"; repeatable`)
    .option("--node <name>", "only of pods on this node")
    .option("-c, --container <name>", "only of containers with this name")
    .option("--previous", "of the containers' runs before their last restart")
    .option("--tail <lines>", "only the last lines of each log")
    .option("--since <duration>", "only lines of this last time, e.g. 90s or 1h30m, or in seconds")
    .option("--timestamps", "begin each line with the time at which it was written")
    .option("--no-redact", "print what the containers say as it is, with its secrets; a tarball's logs are printed as they are in it")
    .option("-F, --file <file>", "a tarball with a snapshot, or the folder that it was extracted to; -n is then the pod's namespace")
    .option("--before", "with --file: from the snapshot before the plugins, where there is one of before and one of after them")
    .addOption(namespaceOption())
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples)
    .action(async (pod, container, { file, before, ...flags }) => {
      if (file !== undefined) {
        const namespace = command.getOptionValueSource("namespace") === "cli" ? flags.namespace : undefined;
        const { parseStoredRequest } = await import("../logs/stored/parse-stored-request.ts");
        const stored = parseStoredRequest({ pod, container }, { ...flags, namespace, before });
        const { showStoredLog } = await import("../logs/stored/show-stored-log.ts");
        return showStoredLog(context, resolve(context.cwd, file), stored);
      }
      refuseWithoutFile(pod, before);
      const { parseLogsRequest } = await import("../logs/parse-logs-request.ts");
      const request = parseLogsRequest(flags);
      const cluster = await connectCluster(context, flags);
      const { printLogs } = await import("../logs/print-logs.ts");
      await printLogs(context, cluster, request);
    });
  return command;
}

function refuseWithoutFile(pod: string | undefined, before: true | undefined): void {
  const typed = pod ?? (before === true ? "--before" : undefined);
  if (typed === undefined) return;
  throw new KnownError("wrong-usage", `${typed}: goes with --file, which names a tarball; without it the logs are those of a run's own pods.`, {
    hint: "-p PLUGIN or --node NODE chooses among those; `kubectl logs` prints any pod's.",
  });
}

const examples = `
Examples:
  asdic logs -f
  asdic logs -p aggregator --tail 20
  asdic logs -p smoke -p node-facts --since 5m --timestamps
  asdic logs -p node-facts --node worker-2 -c sonobuoy-worker -n my-run
  asdic logs -p my-plugin --previous
  asdic logs -F snapshot.tar.gz web-0 -n shop --previous --tail 50
`;
