import { resolve } from "node:path";
import { Command, Option } from "@commander-js/extra-typings";
import { formatNames } from "../../reports/format-names.ts";
import type { CommandContext } from "../command-context.ts";
import { failOnChoices, failOnExitCode, failOnHelp } from "../offline/fail-on.ts";
import { printUntrusted } from "../offline/print-untrusted.ts";
import { noRedactOption, placeOf } from "../offline/redact-option.ts";
import { writeReportFile } from "../offline/write-report-file.ts";

/** `asdic report`: a tarball as a report in one of the formats, offline; 0 whatever it says, unless --fail-on is given (design D12). */
export function reportCommand(context: CommandContext): Command {
  const command = new Command("report");
  command
    .description("Make a report of a run's tarball (asdic's or Sonobuoy's), without a cluster.")
    .argument("<file>", "the tarball, as `asdic retrieve` or `sonobuoy retrieve` wrote it, or the folder that it was extracted to")
    .addOption(
      new Option("-f, --format <format>", "html: one page for people. junit: for CI. text: for a terminal. json: all of it as data")
        .choices(formatNames)
        .default("text" as const),
    )
    .option("-o, --output <file>", "write to this file instead of printing")
    .addOption(new Option("--fail-on <outcome>", failOnHelp).choices(failOnChoices))
    .addOption(noRedactOption())
    .addHelpText("after", examples)
    .action(async (file, options) => {
      const { readRun } = await import("../../reports/read-run.ts");
      const { summarize } = await import("../../reports/summarize.ts");
      const { formats } = await import("../../reports/formats.ts");
      const report = summarize(await readRun(placeOf(resolve(context.cwd, file), options)));
      const content = formats[options.format].render(report);
      if (options.output === undefined) printUntrusted(context.output, content);
      else await writeReportFile(resolve(context.cwd, options.output), content);
      context.setExitCode(failOnExitCode(report.outcome, options.failOn));
    });
  return command;
}

const examples = `
Examples:
  asdic report run.tar.gz
  asdic report run.tar.gz --format html -o report.html
  asdic report run.tar.gz --format junit -o junit.xml
`;
