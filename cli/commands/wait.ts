import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";
import { connectCluster } from "../connect-cluster.ts";
import { contextOption, kubeconfigOption, namespaceOption } from "./cluster-options.ts";

/** `asdic wait`: ends with the run, or with what is waited for, and as it ended. */
export function waitCommand(context: CommandContext): Command {
  const command = new Command("wait");
  command
    .description("Watch a run until it is complete. Ends with 0 if all passed, 1 if something failed, 4 if not everything came.")
    .option(
      "--for <condition>",
      "until the run is complete, plugins-ended (the tarball may still be missing), plugin=NAME (has ended) or first-failure; what comes later is not judged",
      "complete",
    )
    .option("--timeout <duration>", "how long to wait, e.g. 90s or 1h30m, or in seconds; without it as long as the run may last")
    .addOption(namespaceOption())
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples)
    .action(async ({ namespace, timeout, for: condition, ...flags }) => {
      const { parseDuration } = await import("../run/duration.ts");
      const seconds = timeout === undefined ? undefined : parseDuration("--timeout", timeout);
      const { waitAndPrint } = await import("../follow/wait-and-print.ts");
      await waitAndPrint(context, await connectCluster(context, flags), { namespace, condition, seconds });
    });
  return command;
}

const examples = `
Examples:
  asdic wait
  asdic wait -n my-run --timeout 30m && asdic retrieve -n my-run
  asdic wait --for plugin=smoke --quiet
  asdic wait --for first-failure || asdic logs
`;
