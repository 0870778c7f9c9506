import type { Change, ChangeKind, Gap, RunDiff } from "../../core/contract/report/run-diff.ts";
import { renderLine, renderName } from "../visible-text.ts";

/** The one sentence that says how the runs differ; the same words in every format for people. */
export function describeDiff({ counts, verdict }: RunDiff): string {
  const words: readonly (readonly [number, string])[] = [
    [counts.new, "new"],
    [counts.worse, "worse"],
    [counts.fixed, "fixed"],
    [counts.better, "better"],
    [counts.unchanged, "as bad as before"],
    [counts.passing, "passed in both"],
    [counts.incomparable, "can't be compared"],
  ];
  const said = words.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`])).join(", ");
  if (verdict === "incomparable") return `Nothing is in both runs${said === "" ? "" : `: ${said}`}.`;
  return verdict === "same" ? `Nothing has changed: ${said}.` : `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

/** What each verdict is called, with a sign so that colour is never alone. */
export const verdictLabels: { readonly [V in RunDiff["verdict"]]: string } = {
  worse: "✗ WORSE",
  better: "✓ BETTER",
  same: "✓ THE SAME",
  incomparable: "◌ NOT COMPARABLE",
};

/** Kinds of changes as titles, with a sign and what colour says. */
export const kindLooks: { readonly [K in ChangeKind]: { readonly title: string; readonly sign: string; readonly tone: "bad" | "good" | "warning" | "quiet" } } =
  {
    new: { title: "New", sign: "✗", tone: "bad" },
    worse: { title: "Worse", sign: "✗", tone: "bad" },
    fixed: { title: "Fixed", sign: "✓", tone: "good" },
    better: { title: "Better, but not fixed", sign: "✓", tone: "good" },
    unchanged: { title: "As bad as before", sign: "–", tone: "warning" },
    incomparable: { title: "Can't be compared", sign: "◌", tone: "quiet" },
  };

/** How something stood and stands, in a line: "passed → failed, high". */
export function describeChange({ kind, before, after, reason, severity }: Change): string {
  const was = nameStanding(before);
  const is = nameStanding(after);
  if (kind === "incomparable")
    return `${before === undefined || before.status === "not-evaluated" ? `is ${is}; before, ` : `was ${was}; now, `}${renderLine(reason?.message ?? "").replace(/\.$/, "")}`;
  return was === is ? `${is}, ${severity}` : `${was} → ${is}, ${severity}`;
}

/** What is not there is well: otherwise it would be no change that can be compared. */
const nameStanding = (standing: Change["before"]): string => (standing === undefined ? "well" : statusNames[standing.status]);
const statusNames = {
  fail: "failed",
  warn: "warned",
  pass: "passed",
  info: "noted",
  "not-evaluated": "not evaluated",
  "not-applicable": "not applicable",
} as const;

/** Where a change is: plugin and node. */
export const describePlace = ({ plugin, node }: Pick<Change, "plugin" | "node">): string =>
  [...(plugin === "" ? [] : [renderLine(plugin)]), ...(node === undefined ? [] : [renderLine(node)])].join(" · ");

/** Tests that only one run has evaluated, in a line. */
export function describeGap({ plugin, lacking, reason, count, examples }: Gap): string {
  const names = `${examples.map(renderName).join("; ")}${count > examples.length ? "; …" : ""}`;
  const subject = `${count} ${count === 1 ? "test" : "tests"} of ${renderLine(plugin)}`;
  return `${subject} not evaluated in the ${lacking === "before" ? "earlier" : "later"} run (${renderLine(reason.message).replace(/\.$/, "")}): ${names}`;
}

/** The two runs as lines: which tarball, what made it, of what, when. */
export const describeSide = ({ tarball, tool, serverVersion, startedAt }: RunDiff["before"]): string =>
  [tarball, tool, ...(serverVersion === undefined ? [] : [`Kubernetes ${serverVersion}`]), ...(startedAt === undefined ? [] : [startedAt])]
    .map(renderLine)
    .join(" · ");
