import { failedTests, renderDuration } from "../../describe.ts";
import type { PluginReport, RunReport } from "../../run-report.ts";
import { renderLine } from "../../visible-text.ts";
import { groupDigits } from "./group-digits.ts";
import { resultWord, type StateWord } from "./state-words.ts";

/** A line for each plugin: its state and its counts. */
export const viewPlugins = ({ plugins }: RunReport): readonly object[] => plugins.map(viewPlugin);

function viewPlugin(plugin: PluginReport): object {
  const { counts, problems, testSeconds } = plugin;
  const failed = failedTests(plugin).length;
  return {
    name: renderLine(plugin.name),
    query: encodeURIComponent(`plugin:${JSON.stringify(plugin.name)}`),
    ...stateOf(plugin),
    total: groupDigits(counts.total),
    ran: groupDigits(counts.total - counts.skipped),
    passed: groupDigits(counts.passed),
    failed: failed === 0 ? "" : groupDigits(failed),
    missing: problems.length === 0 ? "" : groupDigits(problems.length),
    skipped: groupDigits(counts.skipped),
    other: Object.entries(counts.other)
      .map(([status, number]) => `${number} ${renderLine(status)}`)
      .join(", "),
    time: testSeconds === undefined ? "" : renderDuration(testSeconds),
  };
}

function stateOf({ problems, status, counts }: PluginReport): StateWord {
  if (problems.length > 0) return { tone: "open", word: "Incomplete" };
  return resultWord(counts.failed > 0 ? "failed" : status);
}
