import { basename } from "node:path";
import { reportSchemaVersion } from "../core/contract/report/run-report.ts";
import { addCounts, noCounts } from "./counts.ts";
import { flattenTree } from "./flatten-tree.ts";
import { listOtherWays } from "./list-other-ways.ts";
import { planProblems } from "./plan-problems.ts";
import { listFindings } from "./findings/list-findings.ts";
import { listExpected } from "./overview/list-expected.ts";
import { planCoverage } from "./overview/plan-coverage.ts";
import { planMatrix } from "./overview/plan-matrix.ts";
import { planProvenance } from "./overview/plan-provenance.ts";
import { planRedaction } from "./overview/plan-redaction.ts";
import { planTimeline } from "./overview/plan-timeline.ts";
import type { Outcome, PluginReport, RunFacts, RunReport } from "./run-report.ts";
import type { Run, RunPlugin } from "./run.ts";

/** A run as the model that all report formats show; the same run gives the same model. */
export function summarize(run: Run): RunReport {
  const listed = new Set(run.plugins.map((plugin) => plugin.name));
  const unlisted = [...(run.status?.results ?? []), ...run.errors].map((result) => result.plugin).filter((name) => !listed.has(name));
  const plugins = [...run.plugins, ...[...new Set(unlisted)].map(withoutTree)].map((plugin) => summarizePlugin(run, plugin));
  const facts = factsOf(run);
  const expected = listExpected(run, plugins);
  return {
    schemaVersion: reportSchemaVersion,
    tarball: basename(run.path),
    outcome: outcomeOf(run, plugins),
    run: facts,
    counts: plugins.reduce((sum, plugin) => addCounts(sum, plugin.counts), noCounts),
    ...listFindings(facts, plugins),
    coverage: planCoverage(expected, run.snapshot),
    redaction: planRedaction(run),
    provenance: planProvenance(run, facts),
    timeline: planTimeline(run, expected),
    matrix: planMatrix(expected),
    plugins,
  };
}

const withoutTree = (name: string): RunPlugin => ({ name, tree: { name, status: "unknown" } });

function summarizePlugin(run: Run, plugin: RunPlugin): PluginReport {
  const { suites, failed, testSeconds } = flattenTree(plugin);
  const { problems, notEvaluated } = planProblems({ run, plugin, failed });
  const driver =
    run.manifest?.plugins.find((known) => known.name === plugin.name)?.driver ?? run.status?.plugins.find((known) => known.name === plugin.name)?.driver;
  return {
    name: plugin.name,
    status: plugin.tree.status === "" ? "unknown" : plugin.tree.status,
    ...(driver === undefined ? {} : { driver }),
    counts: suites.reduce((sum, suite) => addCounts(sum, suite.counts), noCounts),
    ...(testSeconds === undefined ? {} : { testSeconds }),
    problems,
    notEvaluated,
    failed,
    suites,
  };
}

/** What is not there outweighs what failed (design D12); the aggregator's own word is never softened. */
function outcomeOf(run: Run, plugins: readonly PluginReport[]): Outcome {
  const cutShort = run.manifest !== undefined && run.status === undefined;
  if (cutShort || (run.status !== undefined && run.status.outcome !== "complete")) return "incomplete";
  if (plugins.length === 0 || plugins.some(isIncomplete)) return "incomplete";
  return plugins.some((plugin) => plugin.counts.failed > 0 || plugin.status === "failed" || plugin.status === "timeout") ? "failed" : "passed";
}

const isIncomplete = (plugin: PluginReport): boolean =>
  plugin.problems.length > 0 ||
  plugin.status === "unknown" ||
  (plugin.counts.other["unknown"] ?? 0) > 0 ||
  plugin.failed.some((item) => item.kind === "run-error");

function factsOf(run: Run): RunFacts {
  const { manifest, status, clusterHealth } = run;
  const serverVersion = run.serverVersion ?? manifest?.serverVersion ?? clusterHealth?.apiVersion;
  const startedAt = manifest?.startedAt ?? status?.startedAt;
  const finishedAt = status?.finishedAt;
  const otherWays = listOtherWays(run);
  const seconds = (Date.parse(finishedAt ?? "") - Date.parse(startedAt ?? "")) / 1000;
  return {
    tool: toolOf(run),
    ...(manifest === undefined ? {} : { id: manifest.runId, namespace: manifest.namespace }),
    ...(manifest?.namespaceUid === undefined ? {} : { namespaceUid: manifest.namespaceUid }),
    ...(serverVersion === undefined ? {} : { serverVersion }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
    ...(seconds >= 0 ? { durationSeconds: seconds } : {}),
    ...(clusterHealth?.nodes === undefined ? {} : { nodes: { healthy: clusterHealth.nodes.healthy, total: clusterHealth.nodes.total } }),
    ...(clusterHealth?.pods === undefined ? {} : { pods: { healthy: clusterHealth.pods.healthy, total: clusterHealth.pods.total } }),
    ...(status?.notes === undefined ? {} : { notes: status.notes.map(({ code, message, hint = "" }) => ({ code, message, hint })) }),
    ...(otherWays.length === 0 ? {} : { otherWays }),
  };
}

function toolOf({ manifest, layoutVersion }: Run): RunFacts["tool"] {
  if (manifest !== undefined) return { name: "asdic", version: manifest.tool.version };
  return { name: "sonobuoy", ...(layoutVersion === undefined ? {} : { version: layoutVersion }) };
}
