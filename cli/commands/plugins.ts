import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";
import { installCommand } from "./plugins/install.ts";
import { lintCommand } from "./plugins/lint.ts";
import { listCommand } from "./plugins/list.ts";
import { newCommand } from "./plugins/new.ts";
import { schemaCommand } from "./plugins/schema.ts";
import { showCommand } from "./plugins/show.ts";
import { uninstallCommand } from "./plugins/uninstall.ts";

/** `asdic plugins`: what can be run, and making more of it, without a cluster. */
export function pluginsCommand(context: CommandContext): Command {
  const command = new Command("plugins");
  command
    .alias("plugin")
    .description("List, show, check, make and install plugins, without a cluster.")
    .addHelpText("after", "\nExamples:\n  asdic plugins list\n  asdic plugins lint my-plugin.yaml\n  asdic plugins new disk-speed --type DaemonSet\n");
  for (const make of [listCommand, showCommand, lintCommand, newCommand, installCommand, uninstallCommand, schemaCommand]) command.addCommand(make(context));
  return command;
}
