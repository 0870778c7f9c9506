import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../../command-context.ts";

/** `asdic plugins uninstall`. */
export function uninstallCommand(context: CommandContext): Command {
  const command = new Command("uninstall");
  command
    .description("Remove installed plugins; all of them are there, or none is removed.")
    .argument("<name...>", "as `asdic plugins list` shows them")
    .addHelpText("after", "\nExample:\n  asdic plugins uninstall disk-speed\n")
    .action(async (names) => {
      const { uninstallPlugins } = await import("../../plugins/store/uninstall-plugins.ts");
      await uninstallPlugins(names, context);
      context.output.out(`Uninstalled ${names.join(", ")}.\n`);
    });
  return command;
}
