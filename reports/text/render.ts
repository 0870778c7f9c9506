import { describeFacts, describeOutcome, failedTests, outcomeLabels, renderDuration } from "../describe.ts";
import type { EvidencePart, FailedItem, PluginReport, ReportProblem, RunReport } from "../run-report.ts";
import { renderLine, renderLines, renderName } from "../visible-text.ts";
import { renderTable } from "./table.ts";

/** The report for a terminal, without colours: outcome, facts, a line a plugin, failures, problems with hints, and the next step. */
export function renderText(report: RunReport): string {
  const sections = [
    `${outcomeLabels[report.outcome]}  ${describeOutcome(report)}`,
    renderTable(describeFacts(report)),
    renderPlugins(report.plugins),
    ...report.plugins.map(renderFailures),
    renderProblems("Did not come, or came broken", report, (plugin) => plugin.problems),
    renderProblems("Not evaluated", report, (plugin) => plugin.notEvaluated),
    ...renderPasses(report),
    renderNextStep(report),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function renderPlugins(plugins: readonly PluginReport[]): string {
  const head = ["PLUGIN", "STATUS", "TOTAL", "PASSED", "FAILED", "SKIPPED", "OTHER", "TEST TIME"];
  const rows = plugins.map(({ name, status, counts, testSeconds }) => [
    renderLine(name),
    renderLine(status),
    ...[counts.total, counts.passed, counts.failed, counts.skipped].map(String),
    Object.entries(counts.other)
      .map(([other, number]) => `${number} ${renderLine(other)}`)
      .join(", ") || "-",
    testSeconds === undefined ? "-" : renderDuration(testSeconds),
  ]);
  return plugins.length === 0 ? "No plugins." : renderTable([head, ...rows], { numeric: [2, 3, 4, 5] });
}

function renderFailures(plugin: PluginReport): string {
  const failed = failedTests(plugin);
  if (failed.length === 0) return "";
  const lines: string[] = [];
  let place = "";
  for (const item of failed) {
    const here = item.path.map(renderLine).join(" › ");
    if (here !== place && here !== "") lines.push(`  ${here}`);
    place = here;
    lines.push(...renderFailure(item));
  }
  return [`Failed in ${renderLine(plugin.name)} (${failed.length})`, ...lines].join("\n");
}

/** As much of a failure's text as helps to see which it is; the whole is in the other formats and in the tarball. */
const shownLines = 6;
const shownColumns = 400;

function renderFailure(item: FailedItem): readonly string[] {
  const lines = renderLines(item.failure ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "" && !isBareLocation(line));
  const shown = lines.slice(0, shownLines).map((line) => `        ${line.length > shownColumns ? `${line.slice(0, shownColumns).toWellFormed()}…` : line}`);
  const more = lines.length > shownLines ? [`        … and ${lines.length - shownLines} more`] : [];
  const timedOut = item.status === "timeout" ? " (timed out)" : "";
  return [`    ✗ ${renderName(item.name)}${timedOut}`, ...shown, ...more];
}

/** Ginkgo puts where in its own source it was before and behind what went wrong. */
const isBareLocation = (line: string): boolean => /^\s*\/\S+\.go:\d+( \+0x[0-9a-f]+)?$/.test(line);

/** Tests with a duration alone, of plugins that have few, as far as all of them fit a screen. */
const shownPasses = 12;
const allShownPasses = 24;

function renderPasses({ plugins }: RunReport): readonly string[] {
  let room = allShownPasses;
  return plugins.map((plugin) => {
    const passed = plugin.suites.flatMap(({ path, cases }) => cases.filter(({ status }) => status === "passed").map((one) => ({ path, one })));
    if (passed.length > Math.min(room, shownPasses) || passed.some(({ one }) => one.seconds === undefined)) return "";
    room -= passed.length;
    const rows = passed.map(({ path, one }) => [`    ✓ ${renderName(one.name)}`, renderDuration(one.seconds ?? 0), path.map(renderLine).join(" › ")]);
    return passed.length === 0 ? "" : `Passed in ${renderLine(plugin.name)} (${passed.length})\n${renderTable(rows, { numeric: [1] })}`;
  });
}

function renderProblems(title: string, report: RunReport, select: (plugin: PluginReport) => readonly ReportProblem[]): string {
  const lines = report.plugins.flatMap((plugin) => select(plugin).flatMap((problem) => renderProblem(plugin.name, problem)));
  return lines.length === 0 ? "" : [title, ...lines].join("\n");
}

function renderProblem(plugin: string, { node, state, code, message, hint, evidence = [] }: ReportProblem): readonly string[] {
  const where = node === "global" ? renderLine(plugin) : `${renderLine(plugin)} on ${renderLine(node)}`;
  const kind = [state, ...(code === undefined || code === state ? [] : [renderLine(code)])].join(", ");
  return [`  ${where} (${kind}): ${renderLine(message)}`, ...(hint === undefined ? [] : [`    → ${renderLine(hint)}`]), ...evidence.flatMap(renderEvidence)];
}

/** Of each kind of fact the last few, which are the latest; all of them are in the other formats and in the tarball. */
const tellingParts = ["containers", "events", "conditions", "nodeConditions"];
const shownFacts = 2;
const shownFactColumns = 240;

function renderEvidence({ label, lines }: EvidencePart): readonly string[] {
  if (!tellingParts.includes(label)) return [];
  const telling = label === "containers" ? lines.filter((line) => line.includes("message: ")) : lines;
  const shown = telling.slice(-shownFacts).map((line) => `      ${label}: ${renderLine(line)}`);
  return shown.map((line) => (line.length > shownFactColumns ? `${line.slice(0, shownFactColumns).toWellFormed()}…` : line));
}

function renderNextStep({ tarball, outcome, plugins }: RunReport): string {
  const file = /^[\w.+-]+$/.test(tarball) ? tarball : "FILE.tar.gz";
  const failing = plugins.find((plugin) => failedTests(plugin).length > 0)?.name ?? "";
  const details = /^[\w.-]+$/.test(failing)
    ? `\n      asdic results ${file} --mode detailed -p ${failing}   every result of ${failing} with its whole text`
    : "";
  return `Next: asdic report ${file} --format html -o report.html${outcome === "passed" ? "" : details}`;
}
