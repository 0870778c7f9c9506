import { createHash } from "node:crypto";
import Handlebars from "handlebars";
import { globalNode } from "../../core/contract/names.ts";
import { describeCounts, describeFacts, describeOutcome, failedTests, outcomeLabels, renderDuration } from "../describe.ts";
import type { Counts, FailedItem, PluginReport, ReportProblem, RunReport, Suite } from "../run-report.ts";
import { renderLine, renderLines, renderName } from "../visible-text.ts";
import { templates } from "./templates.ts";
import { viewFacts, viewListing } from "./view-listing.ts";

/** One HTML page that needs nothing else: no script, no request, a style allowed by its hash alone; all text is escaped by the template. */
export function renderHtml(report: RunReport): string {
  return page()({
    policy: `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`,
    style: new Handlebars.SafeString(style),
    title: `${outcomeLabels[report.outcome]} · ${renderLine(report.tarball)} · asdic`,
    outcome: report.outcome,
    outcomeLabel: outcomeLabels[report.outcome],
    sentence: describeOutcome(report),
    tiles: viewTiles(report),
    facts: describeFacts(report).map(([label, line]) => ({ label, line })),
    plugins: report.plugins.map((plugin, index) => viewPlugin(plugin, index + 1)),
    problems: report.plugins.flatMap((plugin) => plugin.problems.map((problem) => viewProblem(problem, plugin.name))),
    failing: report.plugins.map(viewFailures).filter(({ failures }) => failures.length > 0),
    tarball: renderLine(report.tarball),
  });
}

const style = templates["style.css"];
const styleHash = createHash("sha256").update(style).digest("base64");

let compiled: HandlebarsTemplateDelegate<unknown> | undefined;
const page = (): HandlebarsTemplateDelegate<unknown> => (compiled ??= Handlebars.compile<unknown>(templates["page.hbs"], { strict: true, noEscape: false }));

function viewTiles({ counts, plugins }: RunReport): readonly object[] {
  const failed = plugins.reduce((sum, plugin) => sum + failedTests(plugin).length, 0);
  const missing = plugins.reduce((sum, plugin) => sum + plugin.problems.length, 0);
  return [
    { label: "passed", sign: "✓", number: counts.passed, tone: counts.passed > 0 ? "good" : "none" },
    { label: "failed", sign: "✗", number: failed, tone: failed > 0 ? "bad" : "none" },
    { label: "missing or broken", sign: "◌", number: missing, tone: missing > 0 ? "open" : "none" },
    { label: "skipped", sign: "–", number: counts.skipped, tone: "none" },
    ...Object.entries(counts.other).map(([status, number]) => ({ label: renderLine(status), sign: "•", number, tone: "none" })),
  ];
}

function viewPlugin(plugin: PluginReport, number: number): object {
  const failures = failedTests(plugin).length;
  return {
    number,
    name: renderLine(plugin.name),
    status: renderLine(plugin.status),
    ...toneOf(plugin),
    ...viewCounts({ ...plugin.counts, failed: failures }),
    missing: plugin.problems.length,
    testTime: plugin.testSeconds === undefined ? "–" : renderDuration(plugin.testSeconds),
    countsLine: describePlugin(plugin, failures),
    failures,
    problems: plugin.problems.length,
    notEvaluated: plugin.notEvaluated.map((problem) => viewProblem(problem)),
    groups: viewListing(plugin),
    suites: plugin.suites.length > 1 ? plugin.suites.map(viewSuite) : [],
    suiteCount: plugin.suites.length,
  };
}

function describePlugin({ counts, problems }: PluginReport, failed: number): string {
  const came = describeCounts({ ...counts, failed });
  if (problems.length === 0) return came;
  const missing = `${problems.length} missing or broken`;
  return counts.passed + failed + counts.skipped + Object.keys(counts.other).length === 0 ? missing : `${came}, ${missing}`;
}

const viewFailures = (plugin: PluginReport, index: number) => ({
  number: index + 1,
  name: renderLine(plugin.name),
  failures: failedTests(plugin).map(viewFailure),
  failureCount: failedTests(plugin).length,
});

function toneOf({ problems, status, counts }: PluginReport): { readonly tone: string; readonly sign: string } {
  if (problems.length > 0 || status === "unknown") return { tone: "open", sign: "◌" };
  if (counts.failed > 0 || status === "failed" || status === "timeout") return { tone: "bad", sign: "✗" };
  return status === "passed" ? { tone: "good", sign: "✓" } : { tone: "other", sign: "–" };
}

const viewCounts = ({ total, passed, failed, skipped, other }: Counts): object => ({
  total,
  passed,
  failed,
  skipped,
  other:
    Object.entries(other)
      .map(([status, number]) => `${number} ${renderLine(status)}`)
      .join(", ") || "–",
});

const viewProblem = ({ node, state, code, message, hint, evidence = [] }: ReportProblem, plugin = ""): object => ({
  plugin: renderLine(plugin),
  where: node === globalNode ? "The whole plugin" : `Node ${renderLine(node)}`,
  kind: [state, ...(code === undefined || code === state ? [] : [renderLine(code)])].join(", "),
  message: renderLine(message),
  hint: hint === undefined ? "" : renderLine(hint),
  evidence: evidence.map(({ label, lines }) => ({ label: renderLine(label), lines: lines.map((line) => renderLines(line)) })),
});

const viewFailure = (item: FailedItem): object => ({
  name: renderName(item.name),
  status: item.status === "timeout" ? "timed out" : "failed",
  time: item.seconds === undefined ? "" : renderDuration(item.seconds),
  place: item.path.map(renderLine).join(" › "),
  file: item.file === undefined ? "" : renderLine(item.file),
  failure: renderLines(item.failure ?? ""),
  output: renderLines(item.output ?? ""),
  ...viewFacts(item),
});

const viewSuite = (suite: Suite): object => ({
  place: suite.path.map(renderLine).join(" › ") || "(not in a suite)",
  ...viewCounts(suite.counts),
  time: suite.seconds === undefined ? "–" : renderDuration(suite.seconds),
});
