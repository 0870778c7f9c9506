import { globalNode } from "../../core/contract/names.ts";
import { cutHead } from "../cut-text.ts";
import type { PluginReport, ReportProblem } from "../run-report.ts";
import type { FindingDraft } from "./fingerprint.ts";
import { nodeObject } from "./test-findings.ts";

/** A finding for each of a plugin's results that did not come, and for each that was not evaluated. */
export const listProblemFindings = (plugin: PluginReport): readonly FindingDraft[] => [
  ...plugin.problems.map((problem) => ofProblem(plugin, problem)),
  ...plugin.notEvaluated.map((problem) => ofNotEvaluated(plugin, problem)),
];

function ofProblem(plugin: PluginReport, problem: ReportProblem): FindingDraft {
  const words = { failed: "did not run", lost: "is lost", "timed-out": "timed out", skipped: "was left out", unknown: "is unknown" }[problem.state];
  const file = problem.state === "unknown" ? {} : { file: `plugins/${plugin.name}/errors/${problem.node}/error.json` };
  return { ...build(plugin, problem), status: "fail", severity: "high", title: `${subject(plugin, problem)} ${words}`, ...file };
}

function ofNotEvaluated(plugin: PluginReport, problem: ReportProblem): FindingDraft {
  const shared = build(plugin, problem);
  const words = problem.state === "skipped" ? "was left out" : "can't be judged";
  return {
    ...shared,
    status: "not-evaluated",
    severity: problem.state === "skipped" ? "info" : "low",
    title: `${subject(plugin, problem)} ${words}`,
    reasonNotEvaluated: { code: shared.id, message: shared.message },
  };
}

const subject = ({ name }: PluginReport, { node }: ReportProblem): string => (node === globalNode ? name : `${name} on ${node}`);

function build(plugin: PluginReport, problem: ReportProblem): Omit<FindingDraft, "status" | "severity" | "title"> {
  const { node, state, code, message, hint, evidence = [] } = problem;
  const command = hint === undefined ? undefined : /`((?:kubectl|asdic) [^`\n]{1,400})`/.exec(hint)?.[1];
  return {
    id: code ?? state,
    category: "run",
    message: cutHead(message, longestMessage),
    evidence,
    plugin: plugin.name,
    ...(node === globalNode ? { scope: "cluster" as const } : { scope: "node" as const, node, object: nodeObject(node) }),
    ...(hint === undefined ? {} : { remediation: { text: cutHead(hint, longestMessage), ...(command === undefined ? {} : { command }) } }),
  };
}

const longestMessage = 4096;
