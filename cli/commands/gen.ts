import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";
import { withConfigFile } from "../run/options/config-file.ts";
import { contextOption, kubeconfigOption } from "./cluster-options.ts";
import { genConfigCommand } from "./gen/config.ts";
import { genPluginCommand } from "./gen/plugin.ts";
import { addRunOptions } from "./run-options.ts";

/** `asdic gen`: manifests and files to keep, without a run. */
export function genCommand(context: CommandContext): Command {
  const command = new Command("gen")
    .description(
      "Print a run's manifest for `kubectl apply -f -` and `asdic run -f -`. It asks the cluster for its version only, and none at all with --kubernetes-version v1.X.Y.",
    )
    .option("--with-secrets", "print what is secret as well: registry credentials, SSH keys, plugins' secrets")
    .option("--server-side", "for `kubectl apply --server-side`, which takes larger plugins")
    .option("--run-id <id>", "eight letters and digits (default: follows from the manifest's content)")
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples)
    // --image and others mean something else behind `plugin`.
    .enablePositionalOptions()
    .addCommand(genPluginCommand(context))
    .addCommand(genConfigCommand(context));
  addRunOptions(command).action(async (typed, self) => {
    const flags = await withConfigFile(context, self, typed);
    const { gen } = await import("../gen/gen.ts");
    await gen(context, flags);
  });
  return command;
}

const examples = `
Examples:
  asdic gen | kubectl apply -f -
  asdic gen -p my-plugin.yaml -n checks --kubernetes-version v1.36.3 > run.yaml
  asdic run -f run.yaml --wait
  asdic gen plugin --name my-check --image registry.example.test/my-check:v1
  asdic gen config > asdic.yaml
`;
