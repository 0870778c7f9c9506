import type { Finding } from "../../core/contract/report/finding.ts";
import { describeOutcome } from "../describe.ts";
import { escapeJson } from "../json/escape-json.ts";
import type { RunReport } from "../run-report.ts";
import { renderLine } from "../visible-text.ts";
import { buildResult } from "./build-result.ts";
import { buildRules, ruleId } from "./build-rules.ts";

/**
 * SARIF 2.1.0 within GitHub's limits: a run for each category of findings that failed or warn; what was not evaluated is a notification of the tool. Places
 * are paths in the tarball.
 */
export function renderSarif(report: RunReport): string {
  const results = report.findings.filter(({ status }) => status === "fail" || status === "warn").slice(0, mostResults);
  const groups = [...Map.groupBy(results, ({ category }) => category)];
  const named = groups.slice(0, mostRuns - 1);
  const rest = groups.slice(mostRuns - 1).flatMap(([, findings]) => findings);
  const runs = rest.length === 0 ? named : [...named, ["other", rest] as const];
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: (runs.length === 0 ? [["run", []] as const] : runs).map(([category, findings], index) =>
      buildRun(report, { category, findings, tells: index === 0 }),
    ),
  };
  return `${escapeJson(JSON.stringify(log, undefined, 2))}\n`;
}

/** GitHub takes 20 runs of 25,000 results and rules each, in a file of 10 MB gzipped. */
const mostRuns = 20;
const mostResults = 25_000;
const mostNotifications = 1000;

type Group = { readonly category: string; readonly findings: readonly Finding[]; readonly tells: boolean };

/** What was not evaluated is told once, by the first run. */
function buildRun(report: RunReport, { category, findings, tells }: Group): object {
  const rules = buildRules(findings);
  const { version } = report.run.tool;
  return {
    tool: { driver: { name: "asdic", ...(version === undefined ? {} : { version: renderLine(version) }), rules: [...rules.values()].map(({ rule }) => rule) } },
    automationDetails: { id: `asdic/${renderLine(category) || "other"}/` },
    originalUriBaseIds: { TARBALL: { description: { text: `Inside of ${renderLine(report.tarball)}` } } },
    invocations: [
      {
        executionSuccessful: report.outcome !== "incomplete",
        ...timeOf("startTimeUtc", report.run.startedAt),
        ...timeOf("endTimeUtc", report.run.finishedAt),
        ...(tells ? { toolExecutionNotifications: listNotifications(report) } : {}),
      },
    ],
    columnKind: "utf16CodeUnits",
    results: findings.map((finding) => buildResult(finding, rules.get(ruleId(finding.id))?.index ?? 0)),
    properties: { outcome: report.outcome, coverage: { expected: report.coverage.expected, evaluated: report.coverage.evaluated } },
  };
}

/** A time that is none would make the whole file invalid. */
function timeOf<Key extends string>(key: Key, time: string | undefined): { readonly [K in Key]?: string } | object {
  const milliseconds = Date.parse(time ?? "");
  return Number.isNaN(milliseconds) ? {} : { [key]: new Date(milliseconds).toISOString() };
}

function listNotifications(report: RunReport): readonly object[] {
  const open = report.findings.filter(({ status }) => status === "not-evaluated" || status === "info");
  const weighed = report.findings.filter(({ status }) => status === "fail" || status === "warn").length;
  const beyond = report.findingCounts.beyond + Math.max(0, weighed - mostResults) + Math.max(0, open.length - mostNotifications);
  return [
    ...(report.outcome === "incomplete" ? [{ level: "error", message: { text: describeOutcome(report) } }] : []),
    ...open.slice(0, mostNotifications).map(({ id, title, message }) => ({
      level: "note",
      descriptor: { id: renderLine(id) || "unnamed" },
      message: { text: `${renderLine(title)}: ${renderLine(message)}` },
    })),
    ...(beyond === 0 ? [] : [{ level: "warning", message: { text: `${beyond} more findings are in the tarball and not in this file.` } }]),
  ];
}
