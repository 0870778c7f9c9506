import { resolve } from "node:path";
import { Command, Option } from "@commander-js/extra-typings";
import type { RunReport } from "../../reports/run-report.ts";
import type { Run } from "../../reports/run.ts";
import type { CommandContext } from "../command-context.ts";
import { failOnChoices, failOnExitCode, failOnHelp } from "../offline/fail-on.ts";
import { printUntrusted } from "../offline/print-untrusted.ts";
import type { SelectedResults } from "../offline/select-results.ts";

/** `asdic results`: a tarball's results as Sonobuoy shows them, offline; 0 whatever they say, unless --fail-on is given (design D12). */
export function resultsCommand(context: CommandContext): Command {
  const command = new Command("results");
  command
    .description("Show the results in a run's tarball (asdic's or Sonobuoy's), without a cluster.")
    .argument("<file>", "the tarball, as `asdic retrieve` or `sonobuoy retrieve` wrote it, or the folder that it was extracted to")
    .addOption(
      new Option(
        "-m, --mode <mode>",
        "report: counts and names of failures. detailed: a line of JSON a result, or the file's content. dump: the YAML tree. readable: the same with line ends expanded",
      )
        .choices(modes)
        .default("report" as const),
    )
    .option("-p, --plugin <name>", "only this plugin")
    .option("-n, --node <name>", "only the first node or result with this name, and what is below it")
    .option("-s, --skip-prefix", "in detailed mode, print files without their path in front")
    .addOption(new Option("--fail-on <outcome>", failOnHelp).choices(failOnChoices))
    .addHelpText("after", examples)
    .action(async (file, options) => {
      const tarball = resolve(context.cwd, file);
      const { readRun } = await import("../../reports/read-run.ts");
      const { summarize } = await import("../../reports/summarize.ts");
      const run = await readRun(tarball);
      const report = summarize(run);
      if (options.plugin === healthPlugin || options.mode === "report") {
        const { renderHealth } = await import("../../reports/sonobuoy/render-health.ts");
        const parts = options.plugin === healthPlugin ? [] : await renderPlugins(report, await select(run, options));
        const health = options.plugin === undefined || options.plugin === healthPlugin ? [renderHealth(run)] : [];
        printUntrusted(context.output, [...parts, ...health].join("\n"));
      } else if (options.mode === "detailed") {
        const { printDetails } = await import("../offline/print-details.ts");
        await printDetails(context.output, { tarball, selected: await select(run, options), skipPrefix: options.skipPrefix === true });
      } else await printTrees(context, await select(run, options), options.mode);
      context.setExitCode(failOnExitCode(report.outcome, options.failOn));
    });
  return command;
}

const modes = ["report", "detailed", "dump", "readable"] as const;

/** Sonobuoy's name for what isn't a plugin's: version and health of the cluster. */
const healthPlugin = "sonobuoy";

const examples = `
Examples:
  asdic results run.tar.gz
  asdic results run.tar.gz -p e2e --mode detailed | jq 'select(.status == "failed")'
  asdic results run.tar.gz -p node-facts --node worker-2 --mode dump
  asdic results run.tar.gz --fail-on failed
`;

type Selection = { readonly plugin?: string | undefined; readonly node?: string | undefined };

async function select(run: Run, options: Selection): Promise<readonly SelectedResults[]> {
  const { selectResults } = await import("../offline/select-results.ts");
  return selectResults(run, options);
}

async function renderPlugins(report: RunReport, selected: readonly SelectedResults[]): Promise<readonly string[]> {
  const { renderPluginReport } = await import("../../reports/sonobuoy/render-plugin-report.ts");
  const { renderRunProblems } = await import("../../reports/sonobuoy/render-run-problems.ts");
  const names = new Set(selected.map(({ plugin }) => plugin));
  const problems = renderRunProblems(report.plugins.filter(({ name }) => names.has(name)));
  return [...selected.map(({ item }) => renderPluginReport(item)), ...(problems === "" ? [] : [problems])];
}

async function printTrees({ output }: CommandContext, selected: readonly SelectedResults[], mode: "dump" | "readable"): Promise<void> {
  const { renderResultTree } = await import("../../core/results/result-yaml.ts");
  const documents = selected.map(({ item }) => renderResultTree(item));
  const text = documents.map((document) => (document.endsWith("\n") ? document : `${document}\n`)).join("---\n");
  printUntrusted(output, mode === "readable" ? text.replaceAll(String.raw`\n`, "\n").replaceAll(String.raw`\t`, "\t") : text);
}
