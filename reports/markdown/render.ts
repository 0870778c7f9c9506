import type { Finding } from "../../core/contract/report/finding.ts";
import { describeFacts, describeOutcome, failedTests, outcomeLabels } from "../describe.ts";
import type { RunReport } from "../run-report.ts";
import { renderBlock, renderCode, renderSentence } from "./markdown-text.ts";

/** The report as GitHub's Markdown, for a comment or a step's summary: in at most 60,000 characters, the first findings first, and how many more there are. */
export function renderMarkdown(report: RunReport): string {
  const head = [
    `## ${outcomeLabels[report.outcome]}`,
    renderSentence(describeOutcome(report)),
    renderPlugins(report),
    `<details><summary>The run</summary>\n\n${describeFacts(report)
      .slice(0, mostFacts)
      .map(([label, line]) => `- ${label}: ${renderCode(line)}`)
      .join("\n")}\n\n</details>`,
  ].join("\n\n");
  const { findings } = report;
  const parts: string[] = [];
  let room = most - head.length;
  for (const finding of findings) {
    const part = renderFinding(finding, parts.length < withEvidence);
    room -= part.length + 1;
    if (room < 0) break;
    parts.push(part);
  }
  const left = report.findingCounts.total - parts.length;
  const more = left === 0 ? [] : [`… and ${left} more: \`asdic report FILE --format html -o report.html\` shows all of them.`];
  const shown = parts.length === 0 ? [] : [`### What to look at first (${report.findingCounts.total})`, parts.join("\n")];
  return `${[head, ...shown, ...more].join("\n\n")}\n`;
}

/** GitHub takes 65,536 characters in a comment and 1 MiB in a step's summary. */
const most = 60_000;
const mostPlugins = 50;
const mostFacts = 25;
const withEvidence = 10;

function renderPlugins({ plugins }: RunReport): string {
  if (plugins.length === 0) return "No plugins are in this tarball.";
  const rows = plugins.slice(0, mostPlugins).map((plugin) => {
    const { passed, skipped, total } = plugin.counts;
    const cells = [
      renderCode(plugin.name),
      renderCode(plugin.status),
      ...[total, passed, failedTests(plugin).length, plugin.problems.length, skipped].map(String),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const more = plugins.length > mostPlugins ? [`\n… and ${plugins.length - mostPlugins} more plugins.`] : [];
  return ["| plugin | status | total | passed | failed | missing | skipped |", "|---|---|--:|--:|--:|--:|--:|", ...rows, ...more].join("\n");
}

function renderFinding(finding: Finding, isDetailed: boolean): string {
  const { status, severity, title, message, plugin, remediation, evidence } = finding;
  const lines = [
    `- ${labels[status]}${status === "fail" || status === "warn" ? ` **${severity}**` : ""} ${renderCode(title)}${plugin === "" ? "" : ` in ${renderCode(plugin)}`}`,
    ...(message === title ? [] : [`  ${renderCode(message)}`]),
    ...(remediation === undefined ? [] : [`  → ${renderCode(remediation.text)}`]),
    ...(finding.waiver === undefined ? [] : [`  waived (${finding.waiver.state}): ${renderCode(finding.waiver.reason)}`]),
  ];
  const failure = evidence.find(({ label }) => label === "failure")?.lines.join("\n") ?? "";
  const details =
    isDetailed && failure.includes("\n") ? ["", indent(`<details><summary>What it says</summary>\n\n${renderBlock(failure, 2000)}\n\n</details>`)] : [];
  return [lines.join("  \n"), ...details].join("\n");
}

const labels: { readonly [S in Finding["status"]]: string } = {
  fail: "✗ failed",
  warn: "! warns",
  "not-evaluated": "◌ not evaluated",
  info: "• info",
  "not-applicable": "– not applicable",
  pass: "✓ passed",
};

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, "  ");
