import { globalNode } from "../../core/contract/names.ts";
import type { PluginReport, ReportCase, ReportProblem, RunReport, Suite } from "../run-report.ts";
import type { JunitCase, JunitEnding, JunitSuite } from "./junit-suite.ts";

/** A plugin's suites as JUnit has them, and one more for what did not come and was not evaluated. */
export function planSuites({ run }: RunReport, plugin: PluginReport): readonly JunitSuite[] {
  const timestamp = timestampOf(run.startedAt);
  const files = new Map(plugin.failed.flatMap(({ path, name, file }) => (file === undefined ? [] : [[keyOf(path, name), file] as const])));
  const suites = plugin.suites.map((suite): JunitSuite => ({ ...planSuite(plugin, suite, files), ...timestamp }));
  const known = new Set(plugin.failed.filter((item) => item.kind === "run-error").map((item) => item.file?.split("/")[3]));
  const unlisted = [
    ...plugin.problems.filter((problem) => !known.has(problem.node)).map((problem) => planProblem(plugin, problem, "error")),
    ...plugin.notEvaluated.map((problem) => planProblem(plugin, problem, "skipped")),
  ];
  return unlisted.length === 0 ? suites : [...suites, { name: `${plugin.name}: run`, package: plugin.name, place: "run", cases: unlisted, ...timestamp }];
}

const isFailed = ({ status }: ReportCase): boolean => status === "failed" || status === "timeout";
const keyOf = (path: readonly string[], name: string): string => JSON.stringify([path, name]);

/** Without zone and fractions, as the format has it; nothing for what is no time. */
function timestampOf(startedAt: string | undefined): { readonly timestamp?: string } {
  const timestamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/.exec(startedAt ?? "")?.[1];
  return timestamp === undefined ? {} : { timestamp };
}

function planSuite(plugin: PluginReport, suite: Suite, files: ReadonlyMap<string, string>): JunitSuite {
  const place = suite.path.join(" › ");
  const name = [plugin.name, ...suite.path].join(" › ");
  return {
    name,
    package: plugin.name,
    place,
    ...(suite.node === undefined ? {} : { hostname: suite.node }),
    ...(suite.seconds === undefined ? {} : { time: suite.seconds }),
    cases: suite.cases.map((one) => planCase(plugin, { one, fallbackClass: name, file: isFailed(one) ? files.get(keyOf(suite.path, one.name)) : undefined })),
  };
}

function planCase(
  plugin: PluginReport,
  { one, fallbackClass, file }: { readonly one: ReportCase; readonly fallbackClass: string; readonly file: string | undefined },
): JunitCase {
  const planned: { -readonly [Key in keyof JunitCase]: JunitCase[Key] } = {
    name: one.name,
    className: one.className ?? fallbackClass,
    ending: planEnding(plugin, one),
  };
  const output = outputOf(one);
  if (one.seconds !== undefined) planned.time = one.seconds;
  if (file !== undefined) planned.file = file;
  if (output !== undefined) planned.output = output;
  return planned;
}

/** Of failures alone. A status that JUnit has no element for counts as passed there, and says its own word. */
function outputOf({ output, status }: ReportCase): string | undefined {
  if (status === "failed" || status === "timeout") return output;
  return status === "passed" || status === "skipped" || status === "unknown" ? undefined : `status: ${status}`;
}

function planEnding(plugin: PluginReport, one: ReportCase): JunitEnding {
  if (one.status === "skipped") return one.reason === undefined ? skipped : { kind: "skipped", message: one.reason };
  if (one.status === "unknown") return { kind: "skipped", message: "not evaluated: its result is unknown", isOpen: true };
  if (one.status !== "failed" && one.status !== "timeout") return passed;
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

/** Nearly all cases of a large suite end so. */
const passed: JunitEnding = { kind: "passed" };
const skipped: JunitEnding = { kind: "skipped", message: "" };

function planProblem(plugin: PluginReport, problem: ReportProblem, kind: "error" | "skipped"): JunitCase {
  const { node, code, message, hint, state } = problem;
  const name = node === globalNode ? plugin.name : `${plugin.name} on ${node}`;
  const type = code ?? state;
  return {
    name,
    className: plugin.name,
    ending:
      kind === "error"
        ? { kind, type, message, text: hint ?? "" }
        : { kind, message: `not evaluated: ${message}`, ...(state === "skipped" ? {} : { isOpen: true }) },
  };
}

const firstLine = (text: string): string => text.trimStart().split("\n", 1)[0]?.slice(0, 300).toWellFormed() ?? "";
