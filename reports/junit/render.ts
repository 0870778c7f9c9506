import { globalNode } from "../../core/contract/names.ts";
import { describeOutcome } from "../describe.ts";
import type { PluginReport, ReportCase, ReportProblem, RunReport, Suite } from "../run-report.ts";
import { renderJunitDocument, type JunitCase, type JunitSuite } from "./builder.ts";

/**
 * JUnit XML: a testsuite for each plugin, node and suite, names to the letter, run errors as <error>, what was not evaluated as
 * <skipped>; its counters agree with its elements.
 */
export function renderJunit(report: RunReport): string {
  const suites = report.plugins.flatMap((plugin) => planSuites(report, plugin));
  const tellsOfErrors = suites.some((suite) => suite.cases.some((one) => one.ending.kind === "error"));
  const run = report.outcome === "incomplete" && !tellsOfErrors ? [planUnfinished(report)] : [];
  return renderJunitDocument(`asdic ${report.tarball}`, [...suites, ...run]);
}

/** A run that is incomplete must not look green to a reader of elements. */
const planUnfinished = (report: RunReport): JunitSuite => ({
  name: "asdic",
  properties: [],
  cases: [{ name: "the run is complete", className: "asdic", ending: { kind: "error", type: "incomplete", message: describeOutcome(report), text: "" } }],
});

function planSuites({ run }: RunReport, plugin: PluginReport): readonly JunitSuite[] {
  const timestamp = run.startedAt === undefined ? {} : { timestamp: run.startedAt.replace(/(\.\d+)?(Z|[+-]\d\d:\d\d)$/, "") };
  const suites = plugin.suites.map((suite): JunitSuite => ({ ...planSuite(plugin, suite), ...timestamp }));
  const known = new Set(plugin.failed.filter((item) => item.kind === "run-error").map((item) => item.file?.split("/")[3]));
  const unlisted = [
    ...plugin.problems.filter((problem) => !known.has(problem.node)).map((problem) => planProblem(plugin, problem, "error")),
    ...plugin.notEvaluated.map((problem) => planProblem(plugin, problem, "skipped")),
  ];
  return unlisted.length === 0 ? suites : [...suites, { name: `${plugin.name}: run`, properties: properties(plugin), cases: unlisted, ...timestamp }];
}

function planSuite(plugin: PluginReport, suite: Suite): JunitSuite {
  const name = [plugin.name, ...suite.path].join(" › ");
  return {
    name,
    ...(suite.seconds === undefined ? {} : { time: suite.seconds }),
    properties: properties(plugin, suite.node),
    cases: suite.cases.map((one) => planCase(plugin, { one, fallbackClass: name })),
  };
}

const properties = (plugin: PluginReport, node?: string): JunitSuite["properties"] => [
  ["plugin", plugin.name],
  ...(node === undefined ? [] : [["node", node] as const]),
];

function planCase(plugin: PluginReport, { one, fallbackClass }: { readonly one: ReportCase; readonly fallbackClass: string }): JunitCase {
  return {
    name: one.name,
    className: one.className ?? fallbackClass,
    ...(one.seconds === undefined ? {} : { time: one.seconds }),
    ending: planEnding(plugin, one),
    ...outputOf(one),
  };
}

/** Of failures alone. A status that JUnit has no element for counts as passed there, and says its own word. */
function outputOf({ output, status }: ReportCase): { readonly output?: string } {
  if (status === "failed" || status === "timeout") return output === undefined ? {} : { output };
  return ["passed", "skipped", "unknown"].includes(status) ? {} : { output: `status: ${status}` };
}

function planEnding(plugin: PluginReport, one: ReportCase): JunitCase["ending"] {
  if (one.status === "skipped") return { kind: "skipped", message: one.reason ?? "" };
  if (one.status === "unknown") return { kind: "skipped", message: "not evaluated: its result is unknown" };
  if (one.status !== "failed" && one.status !== "timeout") return { kind: "passed" };
  if (one.kind === "run-error") {
    const problem = plugin.problems.find((known) => known.message === one.name);
    return {
      kind: "error",
      type: problem?.code ?? one.status,
      message: one.name,
      text: [one.failure, problem?.hint].filter((part) => part !== undefined && part !== one.name).join("\n"),
    };
  }
  const text = one.failure ?? "";
  return { kind: "failure", type: one.status, message: firstLine(text) || one.status, text };
}

function planProblem(plugin: PluginReport, problem: ReportProblem, kind: "error" | "skipped"): JunitCase {
  const { node, code, message, hint, state } = problem;
  const name = node === globalNode ? plugin.name : `${plugin.name} on ${node}`;
  const type = code ?? state;
  return {
    name,
    className: plugin.name,
    ending: kind === "error" ? { kind, type, message, text: hint ?? "" } : { kind, message: `not evaluated: ${message}` },
  };
}

const firstLine = (text: string): string => text.trimStart().split("\n", 1)[0]?.slice(0, 300).toWellFormed() ?? "";
