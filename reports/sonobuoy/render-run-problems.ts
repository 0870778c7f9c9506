import type { PluginReport } from "../run-report.ts";
import { renderLine } from "../visible-text.ts";

/** What of some plugins did not come or was not evaluated, a line each with its hint below; "" when there is nothing to say. */
export function renderRunProblems(plugins: readonly PluginReport[]): string {
  const lines = plugins.flatMap(({ name, problems, notEvaluated }) => [...problems, ...notEvaluated].map((problem) => ({ name, ...problem })));
  if (lines.length === 0) return "";
  const rendered = lines.flatMap(({ name, node, state, code, message, hint }) => [
    `${renderLine(name)} ${renderLine(node)} ${state}${code === undefined ? "" : ` ${renderLine(code)}`}: ${renderLine(message)}`,
    ...(hint === undefined ? [] : [`  → ${renderLine(hint)}`]),
  ]);
  return ["Run problems:", ...rendered, ""].join("\n");
}
