import { Command, Option } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";
import { testCommand } from "./redact/test.ts";

/** `asdic redact`: a file, folder or tarball without its secrets, beside the original; offline. 1 where something had to be left out whole. */
export function redactCommand(context: CommandContext): Command {
  const command = new Command("redact");
  command
    .description("Take the secrets out of a tarball (asdic's, Sonobuoy's or any other), a folder or a file, and say how many there were, without a cluster.")
    .argument("<path>", "the tarball, folder or file; it stays as it is")
    .option("-o, --output <path>", "where to write what is left; without it beside the original, with .redacted in its name")
    .option("--rules <file>", "rules of your own in YAML, beside the built-in ones: see asdic redact test --help")
    .addOption(
      new Option(
        "--privacy <level>",
        "put tokens in place of names. standard: of addresses, nodes and accounts. high: also of namespaces and people. off: none, only secrets",
      )
        .choices(["off", "standard", "high"] as const)
        .default("standard" as const),
    )
    .option("--preview", "write nothing; show each line as it would be")
    .option("--json", "what was found as JSON, as meta/redaction.json of a tarball has it")
    .addHelpText("after", examples)
    .action(async (path, options) => {
      const { redactPath } = await import("../redact/redact-path.ts");
      context.setExitCode(await redactPath(context, path, options));
    });
  command.addCommand(testCommand(context));
  return command;
}

const examples = `
Examples:
  asdic redact run.tar.gz
  asdic redact run.tar.gz --preview | less
  asdic redact ./logs -o ./logs-for-support --rules rules.yaml --privacy high

A token such as host-3fa94c01 stands for the same name everywhere. The key that made it is written beside the output, as OUTPUT.key: keep it, and
don't pass it on.

Exit codes:
  0 all of it could be read   1 something could not, and was left out, or is still there   2 there is no such file, or a rule is wrong
`;
