import type { PluginReport, ReportCase, RunReport } from "../run-report.ts";

/**
 * The model as JSON with a `schemaVersion`, two spaces deep, a line end at its end. Texts of failures stand once, in `failed`, not in `suites` again.
 * Controls and directions are escaped, so that it may be shown in a terminal; a parser gives every string back as it was.
 */
export function renderJson(report: RunReport): string {
  const json = JSON.stringify({ ...report, plugins: report.plugins.map(withoutRepeats) }, undefined, 2);
  return `${json.replaceAll(hiddenCharacters, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
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

/** All of them outside of what JSON.stringify escapes itself, and only ever inside of strings. */
const hiddenCharacters = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
