import { describeFacts } from "../describe.ts";
import type { RunReport } from "../run-report.ts";
import { isWaived } from "../waivers/apply-waivers.ts";
import { fitSigns, plainLook, type TextLook } from "./look.ts";
import { renderFindings } from "./render-findings.ts";
import { renderNodes } from "./render-nodes.ts";
import { renderNextSteps, type ReportSource } from "./render-next-steps.ts";
import { renderPasses, renderPlugins } from "./render-plugins.ts";
import { renderSummary } from "./render-summary.ts";
import { renderWaivers } from "./render-waivers.ts";
import { renderTable } from "./table.ts";

/**
 * The report for a terminal: verdict, what failed first with reason and remedy, what was not evaluated, plugins, nodes, facts, and the next step, for a tarball
 * that is where `source` says. No line is wider than the look.
 */
export function renderText(report: RunReport, look: TextLook = plainLook, source: ReportSource = { kind: "unknown" }): string {
  const { findings, findingCounts, plugins, matrix, waivers = [] } = report;
  const open = findings.filter((finding) => !isWaived(finding));
  const ofStatus = (status: "fail" | "warn" | "info" | "not-evaluated") => ({
    findings: open.filter((finding) => finding.status === status),
    beyond: (findingCounts.byStatus[status] ?? 0) - findings.filter((finding) => finding.status === status).length,
  });
  const sections = [
    renderSummary(report, look),
    renderFindings({ title: "Failed", ...ofStatus("fail"), tone: "bad", sign: "✗", brief: 12 }, look),
    renderFindings({ title: "Warned", ...ofStatus("warn"), tone: "warning", sign: "≈", brief: 6 }, look),
    renderFindings({ title: "Waived", findings: findings.filter(isWaived), beyond: 0, tone: "quiet", sign: "–", brief: 6 }, look),
    renderFindings({ title: "Not evaluated", ...ofStatus("not-evaluated"), tone: "warning", sign: "◌", brief: 6 }, look),
    renderFindings({ title: "Also said", ...ofStatus("info"), tone: "quiet", sign: "•", brief: 6 }, look),
    renderPlugins(plugins, look),
    renderNodes(matrix, look),
    ...renderPasses(plugins, look),
    renderWaivers(waivers, look),
    renderRun(report, look),
    renderNextSteps(report, look, source),
  ];
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${fitSigns(text.join("\n\n"), look)}\n`;
}

/** Notes stand among the findings. */
function renderRun(report: RunReport, { columns, paint }: TextLook): readonly string[] {
  const facts = describeFacts(report).filter(([label]) => label !== "Note");
  return [paint("heading", "Run"), ...renderTable(facts, { flexible: [1], width: columns, indent: 2 }).split("\n")];
}
