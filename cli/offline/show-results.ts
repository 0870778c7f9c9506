import { relative } from "node:path";
import type { TarballPlace } from "../../reports/read-tarball.ts";
import type { ReportSource } from "../../reports/text/render-next-steps.ts";
import type { RunReport } from "../../reports/run-report.ts";
import type { Run } from "../../reports/run.ts";
import type { CommandContext } from "../command-context.ts";
import { printUntrusted } from "./print-untrusted.ts";
import type { SelectedResults } from "./select-results.ts";
import { listThresholds, type ThresholdFlags } from "./threshold-options.ts";

export type ResultsRequest = ThresholdFlags & {
  readonly mode: ResultMode;
  readonly plugin?: string | undefined;
  readonly node?: string | undefined;
  readonly skipPrefix?: boolean | undefined;
  readonly waivers?: string | undefined;
};

/** Sonobuoy's name for what isn't a plugin's: version and health of the cluster. */
const healthPlugin = "sonobuoy";

/** Prints the results that are asked for of a tarball, and reads no others; KnownErrors as readRun, selectResults and readWaivers. */
export async function showResults(context: CommandContext, place: TarballPlace, request: ResultsRequest): Promise<void> {
  const { mode, plugin, node, skipPrefix } = request;
  const { readRun } = await import("../../reports/read-run.ts");
  const { summarize } = await import("../../reports/summarize.ts");
  const isJudged = listThresholds(request).length > 0;
  // What the whole run came to only the whole run tells.
  const run = await readRun(place, isJudged ? {} : { plugin, node });
  const { output } = context;
  if (plugin === healthPlugin || mode === "report") await printReport(context, run, { plugin, node });
  else if (mode === "overview") await printOverview(context, run, { ...request, source: sourceOf(context, place) });
  else {
    const { markWays } = await import("../../reports/mark-ways.ts");
    const { selectResults } = await import("./select-results.ts");
    const selected = selectResults(markWays(run), { plugin, node });
    if (mode === "detailed") {
      const { printDetails } = await import("./print-details.ts");
      await printDetails(output, { place, selected, skipPrefix: skipPrefix === true });
    } else await printTrees(context, selected, mode);
  }
  if (!isJudged) return;
  const { waiveReport } = await import("../waivers/waive-report.ts");
  const { judge } = await import("./judge.ts");
  judge(context, await waiveReport(context, summarize(run), request.waivers), request);
}

/** How results can be shown: at a glance, and in Sonobuoy's modes. */
export const resultModes = ["overview", "report", "detailed", "dump", "readable"] as const;
export type ResultMode = (typeof resultModes)[number];

type Part = Pick<ResultsRequest, "plugin" | "node">;

/** Where the tarball is, as people would type it. */
function sourceOf({ cwd }: CommandContext, place: TarballPlace): ReportSource {
  const bare = typeof place === "object" && "asItIs" in place ? place.asItIs : place;
  if (typeof bare !== "string") return { kind: "aggregator" };
  const near = relative(cwd, bare);
  return { kind: "file", path: near.length < bare.length ? near : bare };
}

async function printOverview(
  context: CommandContext,
  run: Run,
  { plugin, node, waivers, source }: ResultsRequest & { readonly source: ReportSource },
): Promise<void> {
  const { narrowRun } = await import("../../reports/narrow-run.ts");
  const { summarize } = await import("../../reports/summarize.ts");
  const { renderText } = await import("../../reports/text/render.ts");
  const { selectResults } = await import("./select-results.ts");
  const { waiveReport } = await import("../waivers/waive-report.ts");
  const { terminalLook } = await import("./terminal-look.ts");
  selectResults(run, { plugin, node });
  const report = await waiveReport(context, summarize(narrowRun(run, { plugin, node })), waivers);
  context.output.out(renderText(report, terminalLook(context, "brief"), source));
}

async function printReport({ output }: CommandContext, run: Run, { plugin, node }: Part): Promise<void> {
  const { renderHealth } = await import("../../reports/sonobuoy/render-health.ts");
  const { summarize } = await import("../../reports/summarize.ts");
  const { selectResults } = await import("./select-results.ts");
  const parts = plugin === healthPlugin ? [] : await renderPlugins(summarize(run), selectResults(run, { plugin, node }));
  printUntrusted(output, [...parts, ...(plugin === undefined || plugin === healthPlugin ? [renderHealth(run)] : [])].join("\n"));
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
