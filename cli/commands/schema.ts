import { Argument, Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";
import { schemaNames } from "../schema/schema-names.ts";

/** `asdic schema`: what the JSON of other commands looks like, for programs that read it. */
export function schemaCommand({ output }: CommandContext): Command {
  const command = new Command("schema");
  command
    .description("Print the JSON Schema of what a command prints with --json, or list the schemas that there are.")
    .addArgument(new Argument("[name]", "of which output").choices(Object.keys(schemaNames) as (keyof typeof schemaNames)[]))
    .addHelpText("after", examples)
    .action(async (name) => {
      if (name === undefined) {
        const { renderTable } = await import("../terminal/table.ts");
        return output.out(`${renderTable([["SCHEMA", "OF"], ...Object.entries(schemaNames)], { columns: Infinity }).join("\n")}\n`);
      }
      const { renderSchema } = await import("../schema/render-schema.ts");
      output.out(renderSchema(name));
    });
  return command;
}

const examples = `
Examples:
  asdic schema
  asdic schema status > status.schema.json
`;
