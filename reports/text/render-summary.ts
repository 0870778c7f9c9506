import { describeCounts, describeOutcome, outcomeLabels } from "../describe.ts";
import type { RunReport } from "../run-report.ts";
import { coveragePercent } from "../thresholds/coverage-percent.ts";
import { isWaived } from "../waivers/apply-waivers.ts";
import type { TextLook } from "./look.ts";
import { wrapText } from "./wrap-text.ts";

/** The verdict in words, and what it rests on: results, findings by severity, and how much of what was expected came. */
export function renderSummary(report: RunReport, { columns, paint }: TextLook): readonly string[] {
  const label = outcomeLabels[report.outcome];
  const [first = "", ...rest] = wrapText(`${label} ${describeOutcome(report)}`, { columns: columns - 1, indent: 0, lines: 3 });
  const tone = { passed: "good", failed: "bad", incomplete: "warning" } as const;
  const rows: readonly (readonly [string, string])[] = [
    ["Results", describeCounts(report.counts)],
    ["Findings", describeFindings(report)],
    ["Coverage", describeCoverage(report)],
  ];
  return [
    `${paint(tone[report.outcome], label)}  ${first.slice(label.length).trimStart()}`,
    ...rest,
    "",
    ...rows.flatMap(([name, text]) =>
      wrapText(text, { columns, indent: 12, lines: 2 }).map((line, index) => (index === 0 ? `  ${name}${line.slice(name.length + 2)}` : line)),
    ),
  ];
}

function describeFindings({ findings, findingCounts: { byStatus, bySeverity } }: RunReport): string {
  const waived = findings.filter(isWaived);
  const counted = (["critical", "high", "medium", "low", "info"] as const).flatMap((severity) => {
    const accepted = waived.filter((one) => one.severity === severity && (one.status === "fail" || one.status === "warn")).length;
    const number = (bySeverity[severity] ?? 0) - accepted;
    return number === 0 ? [] : [`${number} ${severity}`];
  });
  const unknown = (byStatus["not-evaluated"] ?? 0) - waived.filter(({ status }) => status === "not-evaluated").length;
  return [
    counted.length === 0 ? (waived.length === 0 ? "nothing failed or warns" : "nothing else failed or warns") : counted.join(", "),
    ...(waived.length === 0 ? [] : [`${waived.length} waived`]),
    ...(unknown === 0 ? [] : [`${unknown} not evaluated`]),
  ].join(" · ");
}

function describeCoverage({ coverage }: RunReport): string {
  const { expected, evaluated, nodes } = coverage;
  const percent = Math.floor(coveragePercent(coverage) * 10) / 10;
  const ofNodes = nodes.expected === 0 ? "" : ` · ${nodes.covered} of ${nodes.expected} node${nodes.expected === 1 ? "" : "s"} complete`;
  return `${percent} % · ${evaluated} of ${expected} expected result${expected === 1 ? "" : "s"}${ofNodes}`;
}
