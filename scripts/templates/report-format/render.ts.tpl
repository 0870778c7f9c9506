import { describeOutcome, failedTests, outcomeLabels } from "../describe.ts";
import type { RunReport } from "../run-report.ts";
import { renderLine, renderName } from "../visible-text.ts";

/** The report as {{kebab}}, for whom and where it is read. Every string of a report is hostile: none goes out as it came. */
export function render{{pascal}}(report: RunReport): string {
  const failures = report.plugins.flatMap((plugin) => failedTests(plugin).map(({ name }) => `${renderLine(plugin.name)}: ${renderName(name)}`));
  return `${[`${outcomeLabels[report.outcome]} ${describeOutcome(report)}`, ...failures].join("\n")}\n`;
}
