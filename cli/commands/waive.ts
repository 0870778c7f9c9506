import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";

/** `asdic waive`: an entry of a file of waivers for what a tarball found. */
export function waiveCommand(context: CommandContext): Command {
  const command = new Command("waive");
  command
    .description("Accept a finding until a day: write it, with reason and owner, into a file for --waivers of results, report, diff and run.")
    .argument("<finding>", "its fingerprint, or the id of a check: then all findings of that check, or those that the flags below leave")
    .requiredOption("-f, --file <tarball>", "the tarball, or its folder, that has the finding")
    .requiredOption("--reason <text>", "why it is accepted")
    .requiredOption("--owner <text>", "who answers for that")
    .requiredOption("--expires <day>", "the last day on which it is accepted, e.g. 2027-01-31")
    .option("--plugin <name>", "only of this plugin; here and below * stands for anything")
    .option("--node <name>", "only on this node")
    .option("--kind <kind>", "only of objects of this kind")
    .option("--namespace <name>", "only of objects in this namespace")
    .option("--name <name>", "only of objects with this name")
    .option("-o, --output <file>", "add it to this file, whose comments stay, or renew it there; without it the entry is printed")
    .addHelpText("after", help)
    .action(async (name, { file, reason, owner, expires, output, ...selector }) => {
      const { waive } = await import("../waivers/waive.ts");
      await waive(context, { name, file, reason, owner, expires, selector, output });
    });
  return command;
}

const help = `
A file of waivers; unknown keys are errors, and a waiver has an end:
  waivers:
    - id: test:e2e:*/[sig-storage]*      # or fingerprint: "0123456789abcdef", or both
      object: { node: worker-9 }         # any of kind, namespace, name, node, plugin; may be left out
      reason: no storage in this lab
      owner: platform team
      expires: 2027-01-31

Waived findings are still shown, with their waiver, and count for no threshold. Those that have expired count again.

Examples:
  asdic waive 0123456789abcdef -f run.tar.gz --reason "known, ticket 42" --owner ada --expires 2027-01-31 -o waivers.yaml
  asdic waive node-not-ready --node worker-9 -f run.tar.gz --reason "is being repaired" --owner ada --expires 2027-01-31
  asdic results run.tar.gz --waivers waivers.yaml --fail-on fail
`;
