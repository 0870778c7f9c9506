import { globalNode } from "../core/contract/names.ts";
import { wayNames } from "../core/contract/way-names.ts";
import type { Counts, Outcome, PluginReport, RunFacts, RunReport } from "./run-report.ts";
import { renderLine } from "./visible-text.ts";

/** The one sentence that answers "is it all right?"; the same words in every format for people. */
export function describeOutcome({ outcome, counts, plugins }: RunReport): string {
  const missing = plugins.reduce((sum, plugin) => sum + plugin.problems.length, 0);
  const unknown = plugins.filter((plugin) => plugin.status === "unknown" || plugin.counts.other["unknown"] !== undefined).length;
  const runErrors = plugins.reduce((sum, plugin) => sum + plugin.failed.length - failedTests(plugin).length, 0);
  const ran = counts.total - counts.skipped - runErrors;
  const failed = counts.failed === runErrors ? "" : `${counts.failed - runErrors} of ${count(ran, "result")} failed`;
  const skipped = counts.skipped === 0 ? "" : `, ${counts.skipped} skipped`;
  if (outcome === "passed") return `Everything came, and nothing failed: ${describeCounts(counts)}.`;
  if (outcome === "failed") return `Everything came; ${failed === "" ? "a plugin reports a failure" : failed}${skipped}.`;
  const also = failed === "" ? "" : `; ${failed}`;
  if (missing > 0) return `Not all came: ${count(missing, "expected result")} missing or broken${also}${skipped}.`;
  return unknown > 0
    ? `Not all can be judged: ${count(unknown, "plugin")} without a known result${also}${skipped}.`
    : `The run did not finish${also}${skipped}.`;
}

/** What each outcome is called, with a sign so that colour is never alone. */
export const outcomeLabels: { readonly [O in Outcome]: string } = { passed: "✓ PASSED", failed: "✗ FAILED", incomplete: "◌ INCOMPLETE" };

/** What is known of a run, as pairs of a label and a line. */
export function describeFacts({ run, tarball }: RunReport): readonly (readonly [string, string])[] {
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ["Made by", [run.tool.name, run.tool.version].filter((part) => part !== undefined).join(" ")],
    ["Run", run.id === undefined ? undefined : `${run.id} in namespace ${run.namespace ?? ""}`],
    ["Kubernetes", run.serverVersion],
    ["Nodes", describeHealth(run.nodes)],
    ["Pods", describeHealth(run.pods)],
    ["Started", run.startedAt],
    ["Finished", run.finishedAt],
    ["Took", run.durationSeconds === undefined ? undefined : renderDuration(run.durationSeconds)],
    ["Tarball", tarball],
    ...(run.notes ?? []).map(({ message, hint }) => ["Note", `${message}. ${hint}`.trim()] as const),
    ...describeWays(run.otherWays ?? []),
  ];
  return pairs.flatMap(([label, line]) => (line === undefined ? [] : [[label, renderLine(line)] as const]));
}

const shownResults = 5;

/** A line for each way other than the usual one, with the first results that came by it. */
function describeWays(results: NonNullable<RunFacts["otherWays"]>): readonly (readonly [string, string])[] {
  return [...Map.groupBy(results, ({ way }) => way)].map(([way, ones]) => {
    const names = ones.slice(0, shownResults).map(({ plugin, node }) => (node === globalNode ? plugin : `${plugin} on ${node}`));
    const more = ones.length > shownResults ? ` and ${ones.length - shownResults} more` : "";
    return ["Way", `${count(ones.length, "result")} came ${wayNames[way]}: ${names.join(", ")}${more}.`];
  });
}

/** Counts in words, without what is zero: "3 passed, 1 failed, 2 skipped, 1 warned". */
export function describeCounts({ passed, failed, skipped, other }: Counts): string {
  const named: readonly (readonly [string, number])[] = [["passed", passed], ["failed", failed], ["skipped", skipped], ...Object.entries(other)];
  const parts = named.filter(([, number]) => number > 0).map(([status, number]) => `${number} ${renderLine(status)}`);
  return parts.length === 0 ? "no results" : parts.join(", ");
}

/** Seconds for people: "0.4 s", "12 s", "3 min 5 s", "2 h 10 min". */
export function renderDuration(seconds: number): string {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Failed cases that are tests, not the run's own errors, which are shown as problems. */
export const failedTests = (plugin: PluginReport): PluginReport["failed"] => plugin.failed.filter((item) => item.kind === "test");

const describeHealth = (health: RunFacts["nodes"]): string | undefined => (health === undefined ? undefined : `${health.healthy} of ${health.total} healthy`);
/** "1 node", "2 nodes". */
export const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? "" : "s"}`;
