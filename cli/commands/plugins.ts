import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";

/** `asdic plugins`: what can be run, without a cluster. */
export function pluginsCommand(context: CommandContext): Command {
  const command = new Command("plugins");
  command
    .description("List the built-in plugins, or show what a plugin is, without a cluster.")
    .addHelpText("after", "\nExamples:\n  asdic plugins list\n  asdic plugins show smoke\n");
  command.addCommand(listCommand(context));
  command.addCommand(showCommand(context));
  return command;
}

function listCommand({ output }: CommandContext): Command {
  const command = new Command("list");
  command
    .description("List the plugins that come with asdic.")
    .addHelpText("after", "\nExample:\n  asdic plugins list\n")
    .action(async () => {
      const { builtInPlugins } = await import("../../plugins/built-ins.ts");
      const { renderTable } = await import("../terminal/table.ts");
      const rows = builtInPlugins.map(({ names, summary }) => [names.join(", "), summary]);
      output.out(`${renderTable([["PLUGIN", "WHAT IT DOES"], ...rows], { columns: Infinity }).join("\n")}\n`);
    });
  return command;
}

function showCommand({ output, cwd, signal }: CommandContext): Command {
  const command = new Command("show");
  command
    .description("Show a plugin's definition as YAML, after it was checked as `asdic run` checks it.")
    .argument("<plugin>", "a built-in plugin's name, or a file, folder or URL")
    .addHelpText("after", "\nExamples:\n  asdic plugins show node-facts\n  asdic plugins show ./my-plugin.yaml\n  asdic plugins show smoke > my-smoke.yaml\n")
    .action(async (plugin) => {
      const { resolvePlugins } = await import("../plugins/resolve.ts");
      const { renderPluginFile } = await import("../plugins/render-plugin-file.ts");
      const { renderSafeLines } = await import("../terminal/safe-text.ts");
      const found = await resolvePlugins({ wanted: [plugin], cwd, signal });
      const text = found.map(({ definition }) => renderPluginFile(definition)).join("---\n");
      output.out(output.isTerminal ? renderSafeLines(text) : text);
    });
  return command;
}
