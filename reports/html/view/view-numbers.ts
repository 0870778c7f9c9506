import { failedTests } from "../../describe.ts";
import type { RunReport } from "../../run-report.ts";
import { groupDigits } from "./group-digits.ts";
import { severityWords, type Tone } from "./state-words.ts";

/** One of the numbers of the first screen; `query` finds what is behind it, "" for none. */
export type HeadNumber = {
  readonly title: string;
  readonly number: string;
  readonly unit: string;
  readonly line: string;
  readonly tone: Tone;
  readonly query: string;
};

/** Health, security and coverage; what was not looked at is said, never shown as good. */
export const viewNumbers = (report: RunReport): readonly HeadNumber[] => [viewHealth(report), viewSecurity(report), viewCoverage(report)];

/** Whether something that was expected can't be judged, in a sentence for where no finding says so. */
export function describeCoverage({ coverage }: RunReport): string {
  if (coverage.expected === 0) return "The tarball does not say what was expected.";
  return coverage.evaluated < coverage.expected ? "Not all that was expected came." : "All that was expected came.";
}

/** Findings that failed or warn, by severity, with the search that lists them; the worst first, none that has none. */
export function viewSeverities({ findingCounts }: RunReport): readonly object[] {
  return (["critical", "high", "medium", "low", "info"] as const).flatMap((severity) => {
    const number = findingCounts.bySeverity[severity] ?? 0;
    const query = encodeURIComponent(`sev:${severity} status:fail status:warn`);
    return number === 0 ? [] : [{ severity, word: severityWords[severity], count: groupDigits(number), query }];
  });
}

/** Checks of security bear one of these categories. */
const securityCategories: readonly string[] = ["security", "cis", "pod-security", "rbac"];

function viewHealth(report: RunReport): HeadNumber {
  const failed = report.plugins.reduce((sum, plugin) => sum + failedTests(plugin).length, 0);
  const runErrors = report.plugins.reduce((sum, plugin) => sum + plugin.failed.length, 0) - failed;
  const ran = report.counts.total - report.counts.skipped - runErrors;
  const { nodes } = report.run;
  const parts = [
    ran === 0 ? "nothing gave a result" : `of ${groupDigits(ran)} ${ran === 1 ? "result" : "results"}`,
    ...(nodes === undefined ? [] : [`${nodes.healthy} of ${nodes.total} nodes healthy`]),
  ];
  const sick = nodes !== undefined && nodes.healthy < nodes.total;
  return {
    title: "Health",
    number: ran === 0 ? "–" : groupDigits(failed),
    unit: ran === 0 ? "" : "failed",
    line: parts.join(" · "),
    tone: failed > 0 ? "bad" : sick ? "warn" : ran === 0 ? "none" : "good",
    query: failed > 0 ? "status:fail" : "",
  };
}

function viewSecurity({ findings }: RunReport): HeadNumber {
  const ours = findings.filter(({ category }) => securityCategories.includes(category));
  const open = ours.filter(({ status, waiver }) => (status === "fail" || status === "warn") && waiver?.state !== "active");
  if (ours.length === 0) return { title: "Security", number: "–", unit: "", line: "this run had no security checks", tone: "none", query: "" };
  const worst = open.filter(({ severity }) => severity === "critical" || severity === "high").length;
  return {
    title: "Security",
    number: groupDigits(open.length),
    unit: "open",
    line: worst === 0 ? "none critical or high" : `${groupDigits(worst)} critical or high`,
    tone: worst > 0 ? "bad" : open.length > 0 ? "warn" : "good",
    query: open.length === 0 ? "" : [...new Set(open.map(({ category }) => `cat:${category}`)), "status:fail status:warn -is:active"].join(" "),
  };
}

/** Rounded down: 100 % is said of nothing that is not whole. */
function viewCoverage({ coverage }: RunReport): HeadNumber {
  const { expected, evaluated, nodes } = coverage;
  const share = expected === 0 ? undefined : Math.floor((evaluated / expected) * 100);
  const parts = [
    `${groupDigits(evaluated)} of ${groupDigits(expected)} results came`,
    ...(nodes.expected === 0 ? [] : [`${groupDigits(nodes.covered)} of ${groupDigits(nodes.expected)} nodes`]),
  ];
  return {
    title: "Coverage",
    number: share === undefined ? "–" : String(share),
    unit: share === undefined ? "" : "%",
    line: parts.join(" · "),
    tone: share === 100 ? "good" : share === undefined ? "none" : "open",
    query: evaluated < expected ? "cat:run" : "",
  };
}
