import { severities } from "../../core/contract/report/finding-words.ts";
import type { Finding } from "../../core/contract/report/finding.ts";
import type { RunReport } from "../run-report.ts";
import { renderLine, renderName } from "../visible-text.ts";
import { isWaived } from "../waivers/apply-waivers.ts";
import { coveragePercent } from "./coverage-percent.ts";
import { renderThreshold, type Threshold } from "./threshold.ts";

/** A threshold that was crossed, a sentence that says so and why, and what the command ends with for it. */
export type Crossing = { readonly threshold: Threshold; readonly sentence: string; readonly exitCode: 1 | 4 };

/** The thresholds that a report crosses, in their order. What is waived crosses none; what is missing is 4 under any of --fail-on (design D12). */
export function judgeReport(report: RunReport, thresholds: readonly Threshold[]): readonly Crossing[] {
  const judged = thresholds.flatMap((threshold) => {
    const why = explain(report, threshold);
    return why === undefined
      ? []
      : [{ threshold, sentence: `${renderThreshold(threshold)}: ${why}`, exitCode: threshold.kind === "incomplete" ? 4 : 1 } as const];
  });
  const first = thresholds.find(({ kind }) => kind !== "coverage");
  if (first === undefined || first.kind === "incomplete" || thresholds.some(({ kind }) => kind === "incomplete") || !lacks(report)) return judged;
  return [...judged, { threshold: first, sentence: `${renderThreshold(first)}: ${incomplete}`, exitCode: 4 }];
}

const incomplete = "the run is incomplete, so what did not come can't be judged.";

/** Why a threshold is crossed; undefined where it isn't, and for those that need something to compare with. */
function explain(report: RunReport, threshold: Threshold): string | undefined {
  if (threshold.kind === "coverage") return explainCoverage(report, threshold.percent);
  if (threshold.kind === "incomplete") return lacks(report) ? incomplete : undefined;
  if (threshold.kind === "new" || threshold.kind === "worse") return undefined;
  if (threshold.kind === "severity") {
    const grave: readonly string[] = severities.slice(0, severities.indexOf(threshold.least) + 1);
    const found = report.findings.filter(({ status, severity }) => (status === "fail" || status === "warn") && grave.includes(severity));
    return explainFound(found, { words: "failed or warned", beyond: 0 });
  }
  const found = report.findings.filter(({ status }) => status === threshold.kind);
  const beyond = (report.findingCounts.byStatus[threshold.kind] ?? 0) - found.length;
  if (threshold.kind === "fail" && report.outcome === "failed" && found.length + beyond === 0) return "a plugin reports a failure.";
  return explainFound(found, { words: verbs[threshold.kind], beyond });
}

const verbs = { fail: "failed", warn: "warned", "not-evaluated": "not evaluated" } as const;

/** `beyond` is how many more there are than a report lists. */
function explainFound(found: readonly Finding[], { words, beyond }: { readonly words: string; readonly beyond: number }): string | undefined {
  const open = found.filter((finding) => !isWaived(finding));
  const [first] = open;
  const number = open.length + beyond;
  if (number === 0) return undefined;
  const waived = found.length - open.length;
  const rest = waived === 0 ? "" : ` (${waived} more waived)`;
  return `${number} ${words}${rest}${first === undefined ? "." : `${number === 1 ? ": " : ", first "}${nameOf(first)}.`}`;
}

const nameOf = ({ plugin, title, node }: Finding): string =>
  [
    ...(plugin === "" ? [] : [`${renderLine(plugin)}:`]),
    renderName(title).replace(/\.$/, ""),
    ...(node === undefined || title.includes(node) ? [] : [`(${renderLine(node)})`]),
  ].join(" ");

/** Whether something is missing that nobody has accepted: the run was cut short, or a result did not come, or can't be read. */
function lacks({ outcome, findings, plugins }: RunReport): boolean {
  if (outcome !== "incomplete") return false;
  const missing = plugins.reduce((sum, { problems }) => sum + problems.length, 0);
  const own = findings.filter(({ id, status }) => status === "fail" && !id.startsWith("test:"));
  const isUnknown = plugins.some(({ status, counts }) => status === "unknown" || counts.other["unknown"] !== undefined);
  return missing === 0 || isUnknown || own.length < missing || own.some((finding) => !isWaived(finding));
}

function explainCoverage({ coverage }: RunReport, percent: number): string | undefined {
  const reached = coveragePercent(coverage);
  return reached >= percent ? undefined : `${coverage.evaluated} of ${coverage.expected} expected results came, which is ${Math.floor(reached * 10) / 10} %.`;
}
