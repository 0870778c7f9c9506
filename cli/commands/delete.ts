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
    .option(
      "--all",
      "also what complete runs in other namespaces and Kubernetes' e2e suites have left: namespaces, webhooks, definitions, volumes; needs --yes",
    )
    .option("--dry-run", "only list what would be deleted")
    .option("-y, --yes", "with --all: delete what it lists")
    .option("--wait", "until it is gone")
    .addOption(namespaceOption())
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples)
    .action(async ({ namespace, all, dryRun, yes, wait, ...flags }) => {
      const { output, signal } = context;
      const cluster = await connectCluster(context, flags);
      const { renderSafeText } = await import("../terminal/safe-text.ts");
      const isDry = dryRun === true;
      const isListing = isDry || all === true;
      const say = (line: string): void => (output.isQuiet && !isListing ? undefined : output.out(`${renderSafeText(line)}\n`));
      const request = { namespace, wait: wait === true, isDry, signal, say };
      if (all === true) {
        const { deleteAll } = await import("../delete/delete-all.ts");
        return deleteAll(cluster, { ...request, isSure: yes === true });
      }
      const { deleteRun } = await import("../delete/delete-run.ts");
      await deleteRun(cluster, request);
    });
  return command;
}

const examples = `
Examples:
  asdic delete
  asdic delete -n my-run --wait
  asdic delete --all --dry-run
  asdic delete --all --yes --wait
`;
