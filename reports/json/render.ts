import { escapeJson } from "./escape-json.ts";
import type { PluginReport, ReportCase, RunReport } from "../run-report.ts";

/**
 * The model as JSON with a `schemaVersion`, two spaces deep, a line end at its end. Texts of failures stand once, in `failed`, not in `suites` again.
 * Controls and directions are escaped, so that it may be shown in a terminal; a parser gives every string back as it was.
 */
export function renderJson(report: RunReport): string {
  const json = JSON.stringify({ ...report, plugins: report.plugins.map(withoutRepeats) }, undefined, 2);
  return `${escapeJson(json)}\n`;
}

function withoutRepeats(plugin: PluginReport): PluginReport {
  const slim = plugin.suites.map((suite) => ({ ...suite, cases: suite.cases.map(withoutText) }));
  return { ...plugin, suites: slim };
}

function withoutText(one: ReportCase): ReportCase {
  if (one.status !== "failed" && one.status !== "timeout") return one;
  const { failure: _failure, output: _output, facts: _facts, moreFacts: _moreFacts, ...rest } = one;
  return rest;
}
