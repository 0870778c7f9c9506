import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../../command-context.ts";

/** `asdic plugins show`. */
export function showCommand(context: CommandContext): Command {
  const command = new Command("show");
  command
    .description("Show a plugin's definition as YAML, after it was checked as `asdic run` checks it.")
    .argument("<plugin>", "the name of a built-in or installed plugin, or a file, folder or URL")
    .option("--json", "as JSON, which is YAML too: a document a plugin")
    .addHelpText("after", "\nExamples:\n  asdic plugins show node-facts\n  asdic plugins show ./my-plugin.yaml\n  asdic plugins show smoke > my-smoke.yaml\n")
    .action(async (plugin, { json }) => {
      const { output, cwd, environment, signal } = context;
      const { resolvePlugins } = await import("../../plugins/resolve.ts");
      const { buildPluginDocument, renderPluginFile } = await import("../../plugins/render-plugin-file.ts");
      const { printUntrusted } = await import("../../offline/print-untrusted.ts");
      const found = await resolvePlugins({ wanted: [plugin], cwd, environment, signal });
      const render =
        json === true
          ? (each: (typeof found)[number]) => `${JSON.stringify(buildPluginDocument(each.definition), null, 2)}\n`
          : (each: (typeof found)[number]) => renderPluginFile(each.definition);
      printUntrusted(output, found.map(render).join(json === true ? "" : "---\n"));
    });
  return command;
}
