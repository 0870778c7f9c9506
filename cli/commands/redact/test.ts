import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../../command-context.ts";

/** `asdic redact test`: what rules of one's own find in a sample; 1 if that is nothing. */
export function testCommand(context: CommandContext): Command {
  const command = new Command("test");
  command
    .description("Try rules of your own: show what they, and the built-in ones, would do to a sample.")
    .argument("<rules>", "the file of rules")
    .argument("<sample>", "a file to try them on")
    .addHelpText("after", examples)
    .action(async (rules, sample) => {
      const { testRules } = await import("../../redact/test-rules.ts");
      context.setExitCode(await testRules(context, rules, sample));
    });
  return command;
}

const examples = `
Rules:
  rules:
    - id: employee-number             # its name in reports; without it rules-1, rules-2, …
      regex: 'EMP-[0-9]{6}'           # group "secret", else the first group, else all of it is hidden
    - literal: project falcon         # hidden wherever it stands, in either case
    - path: spec.**.pin               # a place in any JSON or YAML; * is any step, ** any number of them
    - kind: Database                  # the same in objects of one kind
      field: spec.connection
    - files: 'dumps/**'               # files that are left out whole
  allow:                              # what stays although a rule finds it
    - literal: not-a-secret
    - regex: 'sk-test-[a-z]+'
    - path: data.publicToken
    - files: 'README*'

A repetition in a regex reaches 512 times at most, and one that could take very long is refused.

Examples:
  asdic redact test rules.yaml app.log

Exit codes:
  0 a rule of yours found something   1 none did   2 a file can't be read, or a rule is wrong
`;
