import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../../command-context.ts";

/** `asdic gen config`: a file for --config. */
export function genConfigCommand({ output }: CommandContext): Command {
  const command = new Command("config");
  command
    .description("Print a file for --config, with every setting, what it does and its default.")
    .addHelpText("after", "\nExample:\n  asdic gen config > asdic.yaml && asdic run --config asdic.yaml --wait\n")
    .action(async () => {
      const { renderDefaultConfig } = await import("../../run/config/render-default-config.ts");
      output.out(renderDefaultConfig());
    });
  return command;
}
