import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../../command-context.ts";

/** `asdic plugins schema`. */
export function schemaCommand({ output }: CommandContext): Command {
  const command = new Command("schema");
  command
    .description("Print the JSON Schema (draft 2020-12) of plugin files, so that editors complete and check them.")
    .option("--sonobuoy", "of Sonobuoy's format instead of asdic/v1")
    .addHelpText("after", examples)
    .action(async ({ sonobuoy }) => {
      const { pluginSchema } = await import("../../../core/contract/plugin-schema.ts");
      output.out(`${JSON.stringify(pluginSchema(sonobuoy === true ? "sonobuoy" : "asdic/v1"), null, 2)}\n`);
    });
  return command;
}

const examples = `
Begin a plugin file with this line, and editors with a YAML language server use the schema beside it:
  # yaml-language-server: $schema=plugin.schema.json

Examples:
  asdic plugins schema > plugin.schema.json
  asdic plugins schema --sonobuoy > sonobuoy.schema.json
`;
