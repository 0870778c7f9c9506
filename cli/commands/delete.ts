import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";
import { connectCluster } from "../connect-cluster.ts";
import { contextOption, kubeconfigOption, namespaceOption } from "./cluster-options.ts";

/** `asdic delete`: 0 also when there is nothing to delete. */
export function deleteCommand(context: CommandContext): Command {
  const command = new Command("delete");
  command
    .description(
      "Remove everything that a run made in the cluster, also while it goes on. A namespace is removed only if the run made it and nothing else is in it.",
    )
    .option("--wait", "until it is gone")
    .addOption(namespaceOption())
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", "\nExamples:\n  asdic delete\n  asdic delete -n my-run --wait\n")
    .action(async ({ namespace, wait, ...flags }) => {
      const { output, signal } = context;
      const cluster = await connectCluster(context, flags);
      const { deleteRun } = await import("../delete/delete-run.ts");
      const { fitText } = await import("../terminal/safe-text.ts");
      await deleteRun(cluster, { namespace, wait: wait === true, signal, say: (line) => output.out(`${fitText(line)}\n`) });
    });
  return command;
}
