import type { Json } from "../core/contract/json.ts";
import { globalNode } from "../core/contract/names.ts";
import { isLeaf } from "../core/contract/result-item.ts";
import { isTimeOutCode } from "../core/contract/time-outs.ts";
import type { ResultStatus } from "../core/contract/run-status.ts";
import { cutHead } from "./cut-text.ts";
import { listEvidence } from "./list-evidence.ts";
import type { FailedItem, ReportProblem } from "./run-report.ts";
import type { Run, RunPlugin } from "./run.ts";

type Planned = { readonly problems: readonly ReportProblem[]; readonly notEvaluated: readonly ReportProblem[] };

/**
 * What of a plugin's results did not come and why, one line for each node: from meta/status.json, else from errors/, else from
 * the tree's own error items (Sonobuoy); apart from it what was rightly skipped or can't be judged.
 */
export function planProblems({ run, plugin, failed }: { readonly run: Run; readonly plugin: RunPlugin; readonly failed: readonly FailedItem[] }): Planned {
  const problems = new Map<string, ReportProblem>();
  const notEvaluated: ReportProblem[] = [];
  for (const result of run.status?.results ?? []) {
    if (result.plugin !== plugin.name || result.state === "done") continue;
    if (result.state === "skipped") notEvaluated.push(fromStatus(result));
    else problems.set(result.node, fromStatus(result));
  }
  const inTree = new Map(failed.filter((item) => item.kind === "run-error").map((item) => [nodeOf(item), item]));
  for (const { plugin: name, node, file } of run.errors) {
    if (name !== plugin.name || problems.has(node)) continue;
    const timedOut = file.code === "timeout" || isTimeOutCode(file.code) || inTree.get(node)?.status === "timeout";
    problems.set(node, { node, state: timedOut ? "timed-out" : "failed", ...optional("code", file.code), message: file.error, ...optional("hint", file.hint) });
  }
  for (const [node, item] of inTree)
    if (!problems.has(node)) problems.set(node, { node, state: item.status === "timeout" ? "timed-out" : "failed", message: item.name });
  if (isLeaf(plugin.tree) && problems.size === 0 && notEvaluated.length === 0) notEvaluated.push(noTree);
  for (const { plugin: name, node, file } of run.errors) {
    const [problem, evidence] = [problems.get(node), listEvidence(file["evidence"] as Json | undefined)];
    if (name === plugin.name && problem && evidence.length > 0) problems.set(node, { ...problem, evidence });
  }
  return { problems: [...problems.values()].map(bound).toSorted(byNode), notEvaluated: notEvaluated.map(bound).toSorted(byNode) };
}

/** Far more than a sentence of ours has; what others have written may have any length. */
const longestSentence = 4096;

const bound = (problem: ReportProblem): ReportProblem => ({
  ...problem,
  message: cutHead(problem.message, longestSentence),
  ...(problem.hint === undefined ? {} : { hint: cutHead(problem.hint, longestSentence) }),
});

const noTree: ReportProblem = {
  node: globalNode,
  state: "unknown",
  message: "The tarball has no results for it in a form that can be counted.",
  hint: "Its files, if there are any, are below plugins/ in the tarball; Sonobuoy before v0.16 wrote no result tree.",
};

function fromStatus({ node, code, message, hint, state }: ResultStatus): ReportProblem {
  const known = state === "skipped" || state === "failed" || state === "lost" || state === "timed-out" ? state : "unknown";
  const silence = known === "unknown" ? `It was still ${state} when the run was sealed.` : `It is ${state}, and nothing says why.`;
  return { node, state: known, ...optional("code", code), message: message ?? silence, ...optional("hint", hint) };
}

/** Error files are plugins/<plugin>/errors/<node>/error.json. */
const nodeOf = (item: FailedItem): string => item.file?.split("/")[3] ?? item.node ?? globalNode;
const optional = (key: "code" | "hint", value: string | undefined): { readonly code?: string; readonly hint?: string } =>
  value === undefined ? {} : { [key]: value };
const byNode = (a: ReportProblem, b: ReportProblem): number => (a.node < b.node ? -1 : a.node > b.node ? 1 : 0);
