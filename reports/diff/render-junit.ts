import { changeKinds, type Change, type ChangeKind, type RunDiff } from "../../core/contract/report/run-diff.ts";
import type { JunitCase, JunitEnding, JunitSuite } from "../junit/junit-suite.ts";
import { renderDocument } from "../junit/render-document.ts";
import { renderLine, renderName } from "../visible-text.ts";
import { describeChange, kindLooks } from "./describe-diff.ts";

/**
 * A comparison as JUnit: a suite for each kind of change. What is new or worse fails, what was fixed or is better passes, and what is as bad as before or
 * can't be compared is skipped with the reason, so that a pipeline fails for what this run has brought alone.
 */
export function renderDiffJunit({ before, after, changes, beyond }: RunDiff): string {
  const suites = changeKinds.flatMap((kind): readonly JunitSuite[] => {
    const cases = changes.filter((change) => change.kind === kind).map(buildCase);
    return cases.length === 0 ? [] : [{ name: kindLooks[kind].title, package: "diff", place: kind, cases }];
  });
  const left: JunitCase = { name: `${beyond} more changes`, className: "diff", ending: { kind: "skipped", message: "They are not in this file." } };
  return renderDocument(
    `${after.tarball} compared with ${before.tarball}`,
    beyond === 0 ? suites : [...suites, { name: "Not in this file", package: "diff", place: "beyond", cases: [left] }],
  );
}

const buildCase = (change: Change): JunitCase => ({
  name: [renderName(change.title), ...(change.node === undefined || change.title.includes(change.node) ? [] : [`on ${renderLine(change.node)}`])].join(" "),
  className: change.plugin === "" ? "run" : change.plugin,
  ...(change.file === undefined ? {} : { file: change.file }),
  ending: endings[change.kind](change),
});

const fail = (change: Change): JunitEnding =>
  change.waiver?.state === "active"
    ? { kind: "skipped", message: `waived until ${change.waiver.expires} by ${change.waiver.owner}: ${change.waiver.reason}` }
    : { kind: "failure", type: change.kind, message: describeChange(change), text: change.after?.message ?? "" };
const skip = (change: Change): JunitEnding => ({ kind: "skipped", message: `${kindLooks[change.kind].title}: ${describeChange(change)}` });
const pass = (): JunitEnding => ({ kind: "passed" });

const endings: { readonly [K in ChangeKind]: (change: Change) => JunitEnding } = {
  new: fail,
  worse: fail,
  fixed: pass,
  better: pass,
  unchanged: skip,
  incomparable: skip,
};
