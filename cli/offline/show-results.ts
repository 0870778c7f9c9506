import type { TarballPlace } from "../../reports/read-tarball.ts";
import type { RunReport } from "../../reports/run-report.ts";
import type { CommandContext } from "../command-context.ts";
import { failOnExitCode, type failOnChoices } from "./fail-on.ts";
import { printUntrusted } from "./print-untrusted.ts";
import type { SelectedResults } from "./select-results.ts";

export type ResultsRequest = {
  readonly mode: (typeof resultModes)[number];
  readonly plugin?: string | undefined;
  readonly node?: string | undefined;
  readonly skipPrefix?: boolean | undefined;
  readonly failOn?: (typeof failOnChoices)[number] | undefined;
};

/** Sonobuoy's name for what isn't a plugin's: version and health of the cluster. */
const healthPlugin = "sonobuoy";

/** Prints the results that are asked for of a tarball, and reads no others; KnownErrors as readRun and selectResults. */
export async function showResults(context: CommandContext, place: TarballPlace, { mode, plugin, node, skipPrefix, failOn }: ResultsRequest): Promise<void> {
  const { readRun } = await import("../../reports/read-run.ts");
  const { markWays } = await import("../../reports/mark-ways.ts");
  const { summarize } = await import("../../reports/summarize.ts");
  const { selectResults } = await import("./select-results.ts");
  // What the whole run came to only the whole run tells.
  const run = await readRun(place, failOn === undefined ? { plugin, node } : {});
  const { output } = context;
  if (plugin === healthPlugin || mode === "report") {
    const { renderHealth } = await import("../../reports/sonobuoy/render-health.ts");
    const parts = plugin === healthPlugin ? [] : await renderPlugins(summarize(run), selectResults(run, { plugin, node }));
    printUntrusted(output, [...parts, ...(plugin === undefined || plugin === healthPlugin ? [renderHealth(run)] : [])].join("\n"));
  } else {
    const selected = selectResults(markWays(run), { plugin, node });
    if (mode === "detailed") {
      const { printDetails } = await import("./print-details.ts");
      await printDetails(output, { place, selected, skipPrefix: skipPrefix === true });
    } else await printTrees(context, selected, mode);
  }
  if (failOn !== undefined) context.setExitCode(failOnExitCode(summarize(run).outcome, failOn));
}

/** How results can be shown; Sonobuoy's modes. */
export const resultModes = ["report", "detailed", "dump", "readable"] as const;

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
