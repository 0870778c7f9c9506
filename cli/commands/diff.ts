import { Command, Option } from "@commander-js/extra-typings";
import { diffFormatNames } from "../../reports/diff/format-names.ts";
import type { CommandContext } from "../command-context.ts";
import { failOnOption, minCoverageOption, waiversOption } from "../offline/threshold-options.ts";

/** `asdic diff`: what became of a cluster between two tarballs, offline; 0 whatever it says, unless --fail-on is given (design D12). */
export function diffCommand(context: CommandContext): Command {
  const command = new Command("diff");
  command
    .description("Compare two runs by their tarballs (asdic's or Sonobuoy's): what is new, worse, fixed, as before, and what can't be compared.")
    .argument("<before-tarball>", "the earlier run: its tarball, or the folder that it was extracted to")
    .argument("<after-tarball>", "the later run")
    .addOption(
      new Option("-f, --format <format>", "text: for a terminal. json: all of it as data. markdown, html: for people. junit, sarif: for CI")
        .choices(diffFormatNames)
        .default("text" as const),
    )
    .option("-o, --output <file>", "write to this file instead of printing")
    .addOption(failOnOption(["new", "worse"]))
    .addOption(minCoverageOption())
    .addOption(waiversOption())
    .addHelpText("after", help)
    .action(async (before, after, options) => {
      const { showDiff } = await import("../offline/show-diff.ts");
      await showDiff(context, { before, after, ...options });
    });
  return command;
}

const help = `
Tests are compared by plugin, suite, name and node, results by plugin and node, other findings by their fingerprints.
What only one of the runs has evaluated can't be compared; the reason stands beside it: the plugin was not run, its
result did not come, the node is not there, the test was skipped, or it is another version's.
--fail-on new and worse judge what has changed; the other thresholds judge the later run. In JUnit only what is new or
worse fails, and SARIF has each result's baselineState.

Examples:
  asdic diff monday.tar.gz tuesday.tar.gz
  asdic diff before.tar.gz after.tar.gz --fail-on new,worse
  asdic diff before.tar.gz after.tar.gz --format markdown -o diff.md
`;
