import { Argument, Command, Option, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";

/** `asdic completion`: a script for a shell, which asks this same command for what may come next. */
export const completionCommand =
  (program: CommandUnknownOpts) =>
  ({ output, environment }: CommandContext): Command => {
    const command = new Command("completion");
    command
      .description("Print a script that makes a shell complete asdic's commands, options and their values at the Tab key.")
      .addArgument(new Argument("<shell>", "which shell").choices(["bash", "zsh", "fish"]))
      .allowExcessArguments()
      .addOption(new Option("--words", "print what may come next instead of the script").hideHelp())
      .addHelpText("after", examples)
      .action(async (shell, { words: isAsked }, { args: [, ...words] }) => {
        if (isAsked === true) {
          const { completeWords } = await import("../completion/complete-words.ts");
          return output.out(await completeWords(program, { shell, words, environment }));
        }
        if (words.length > 0)
          throw new KnownError("wrong-usage", `completion takes one shell, and there is ${JSON.stringify(words[0])} too.`, { hint: "Name bash, zsh or fish." });
        const { completionScripts } = await import("../completion/scripts.ts");
        output.out(completionScripts[shell]);
      });
    return command;
  };

const examples = `
Examples:
  asdic completion bash > ~/.local/share/bash-completion/completions/asdic
  source <(asdic completion zsh)
  asdic completion fish > ~/.config/fish/completions/asdic.fish
`;
