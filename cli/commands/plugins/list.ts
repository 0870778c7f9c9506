import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../../command-context.ts";

/** `asdic plugins list`. */
export function listCommand(context: CommandContext): Command {
  const command = new Command("list");
  command
    .description("List the plugins that come with asdic, and those that are installed here, by asdic or by Sonobuoy.")
    .option("--json", "as JSON: a list of name, plugin, from, description, source, sha256 and problem")
    .addHelpText("after", "\nExamples:\n  asdic plugins list\n  asdic plugins list --json | jq -r '.[].name'\n")
    .action(async ({ json }) => {
      const { listPlugins } = await import("../../plugins/list-plugins.ts");
      const { output } = context;
      const plugins = await listPlugins(context);
      if (json === true) return output.out(`${JSON.stringify(plugins, null, 2)}\n`);
      const { renderTable } = await import("../../terminal/table.ts");
      const rows = plugins.map(({ name, plugin, from, description, source, problem }) => [
        plugin === undefined || plugin === name ? name : `${name} (${plugin})`,
        from,
        problem === undefined ? (description ?? "") : `can't be run: ${problem}`,
        source ?? "",
      ]);
      const lines = renderTable([["PLUGIN", "FROM", "WHAT IT DOES", "SOURCE"], ...rows], { columns: Infinity });
      output.out(`${lines.join("\n")}\n`);
    });
  return command;
}
