import { globalNode } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { ExpectedResult, ExpectedResults, ResultProblem } from "../state/expected-results.ts";

/**
 * Why a plugin can't begin though what it needs has ended; undefined when it can. A required need must have delivered: every result is done, or its
 * node was rightly passed over. Tests that failed inside of a result are no obstacle.
 */
export function judgeNeeds({ name, needs = [] }: PluginDefinition, results: Pick<ExpectedResults, "ofPlugin">): ResultProblem | undefined {
  const missing = needs.filter(({ required }) => required).map(({ plugin }) => ({ plugin, why: explainMissing(results.ofPlugin(plugin)) }));
  const first = missing.find(({ why }) => why !== undefined);
  if (first === undefined) return undefined;
  return {
    code: needCode,
    message: `It needs the results of plugin ${first.plugin}, ${first.why}`,
    hint: `See why with \`asdic status --show-all\`. To run ${name} with what there is, write \`{plugin: ${first.plugin}, required: false}\` under its needs.`,
  };
}

/** Of a plugin that was skipped because another did not deliver. */
export const needCode = "need-not-delivered";

/** How a plugin's results fall short, as the end of a sentence; undefined where they don't. */
export function explainMissing(results: readonly ExpectedResult[]): string | undefined {
  const missing = results.filter((result) => result.state !== "done" && !isPassedOver(result));
  const [first] = missing;
  if (first === undefined) return results.some(({ state }) => state === "done") ? undefined : "which ran on no node";
  const how = `${first.state}${first.problem ? ` (${first.problem.code})` : ""}`;
  if (first.node === globalNode) return `which ended as ${how}`;
  return `of which ${missing.length} of ${results.length} did not come; the first, of node ${first.node}, ended as ${how}`;
}

/** A node on which the plugin can't run has no result to give. */
const isPassedOver = ({ state, node, problem }: ExpectedResult): boolean =>
  state === "skipped" && node !== globalNode && (problem?.code === "taint" || problem?.code === "platform");
