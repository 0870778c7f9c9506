import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";
import { withConfigFile } from "../run/options/config-file.ts";
import { contextOption, kubeconfigOption } from "./cluster-options.ts";
import { addRunOptions } from "./run-options.ts";

/** `asdic preflight`: 0 where a run can take place, warnings or not, 3 where it can't. */
export function preflightCommand(context: CommandContext): Command {
  const command = new Command("preflight")
    .description(
      "Check whether the cluster is ready for a run, as `asdic run` does before it creates anything, and say what was looked at. Takes run's options.",
    )
    .option("--json", "as JSON: each check with its state and problems")
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples);
  addRunOptions(command).action(async (typed, self) => {
    const flags = await withConfigFile(context, self, typed);
    const { preflight } = await import("../preflight/preflight.ts");
    await preflight(context, flags);
  });
  return command;
}

const examples = `
Checks:
  version     whether the server is of a version that asdic knows
  rights      whether you may create what a run is made of
  namespace   whether the namespace can be made, or takes the run's objects
  references  whether accounts and pull secrets that its pods name are there, where the run doesn't make them
  admission   whether quotas, Pod Security and webhooks admit its pods, where the namespace is there
  nodes       whether there are nodes for the aggregator and the plugins
  storage     whether the StorageClass of --storage-class is there
  images      whether images are well named, and which nodes have them; not whether they can be pulled
  dns         whether the cluster's DNS runs
  leftovers   what earlier runs, conformance suites and Sonobuoy have left

Examples:
  asdic preflight
  asdic preflight -p conformance --permissions admin -n conformance --json
  asdic preflight --skip-preflight=dns,images
`;
