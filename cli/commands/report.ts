import { resolve } from "node:path";
import { Command, Option } from "@commander-js/extra-typings";
import { KnownError } from "../../core/contract/known-error.ts";
import { formatNames } from "../../reports/format-names.ts";
import { junitFlavors } from "../../reports/junit/flavor-names.ts";
import type { CommandContext } from "../command-context.ts";
import { parseFormats } from "../offline/parse-formats.ts";
import { noRedactOption } from "../offline/redact-option.ts";
import { failOnOption, minCoverageOption, waiversOption } from "../offline/threshold-options.ts";

/** `asdic report`: a tarball as a report in one format or in several, offline; 0 whatever it says, unless --fail-on is given (design D12). */
export function reportCommand(context: CommandContext): Command {
  const command = new Command("report");
  command
    .description("Make a report of a run's tarball (asdic's or Sonobuoy's), without a cluster.")
    .argument("[file]", "the tarball, as `asdic retrieve` or `sonobuoy retrieve` wrote it, or the folder that it was extracted to")
    .addOption(new Option("-f, --format <formats>", formatHelp).choices(formatNames).argParser(parseFormats).default(parseFormats("text"), "text"))
    .option("-o, --output <path>", "write to this file instead of printing (- prints); with several formats, to this folder instead of beside the tarball")
    .addOption(new Option("--junit-flavor <reader>", flavorHelp).choices(junitFlavors).default("generic" as const))
    .option("--strict", "in --format junit, what could not be evaluated is an error, and not a skipped test")
    .option("--schema", "print the JSON Schema of --format json, and make no report")
    .option("--baseline <tarball>", "an earlier run to compare with: the page says what is new, worse and fixed since, and --fail-on takes new and worse")
    .addOption(failOnOption(["new", "worse"]))
    .addOption(minCoverageOption())
    .addOption(waiversOption())
    .addOption(noRedactOption())
    .addHelpText("after", examples)
    .action(async (file, { format, output, junitFlavor, strict, schema, baseline, waivers, redact, ...thresholds }) => {
      if (schema === true) {
        const { renderSchema } = await import("../schema/render-schema.ts");
        return context.output.out(renderSchema("report"));
      }
      if (file === undefined) throw new KnownError("wrong-usage", "There is no file to report on.", { hint: "Name one: `asdic report FILE.tar.gz`." });
      if (strict === true && !format.includes("junit"))
        throw new KnownError("wrong-usage", "--strict: is for --format junit, which is not asked for.", { hint: "Add --format junit, or leave --strict out." });
      const { writeReports } = await import("../offline/write-reports.ts");
      const { readJudged } = await import("../offline/read-judged.ts");
      const { report, judge } = await readJudged(context, { file, baseline, waivers, redact, ...thresholds });
      const options = { junitFlavor, isStrict: strict === true };
      await writeReports(context, { tarball: resolve(context.cwd, file), report, formatNames: format, output, options });
      judge();
    });
  return command;
}

const formatHelp =
  "several with commas between them. text: for a terminal. html: one page for people. markdown: for a comment or a step's summary. json: all of it as data. junit: for CI. sarif: for code scanning. csv: the findings for a sheet. prometheus: figures for a dashboard. openreports, policyreport: objects to apply to a cluster";
const flavorHelp = "the reader of --format junit, where it wants something otherwise: names for azure, classes for gitlab and jenkins, files for github";

const examples = `
Examples:
  asdic report run.tar.gz
  asdic report run.tar.gz --format html -o report.html
  asdic report run.tar.gz --format html,junit,sarif -o reports
  asdic report run.tar.gz --format markdown >> "$GITHUB_STEP_SUMMARY"
  asdic report --schema > report.schema.json
`;
