import { changeKinds, type Change, type ChangeKind, type RunDiff } from "../../core/contract/report/run-diff.ts";
import { renderCode, renderSentence } from "../markdown/markdown-text.ts";
import { describeChange, describeDiff, describeGap, describePlace, describeSide, kindLooks, verdictLabels } from "./describe-diff.ts";

/** A comparison as GitHub's Markdown, for a comment or a step's summary: in at most 60,000 characters, what is new or worse first, and how many more there are. */
export function renderDiffMarkdown(diff: RunDiff): string {
  const head = [
    `## ${verdictLabels[diff.verdict]}`,
    renderSentence(describeDiff(diff)),
    [
      `- before: ${renderCode(describeSide(diff.before))}`,
      `- after: ${renderCode(describeSide(diff.after))}`,
      ...diff.notes.map(({ message }) => `- ${renderSentence(message)}`),
    ].join("\n"),
  ].join("\n\n");
  const parts: string[] = [];
  let room = most - head.length;
  let left = diff.beyond;
  for (const kind of changeKinds) {
    const found = diff.changes.filter((change) => change.kind === kind);
    const lines = found.map(renderChange);
    const fitting = lines.filter((line) => (room -= line.length + 1) > 0);
    left += lines.length - fitting.length;
    if (fitting.length > 0) parts.push(wrapKind(kind, `${found.length}`, fitting));
  }
  const gaps = diff.gaps.slice(0, mostGaps).map((gap) => `- ${renderCode(describeGap(gap))}`);
  if (gaps.length > 0) parts.push(`<details><summary>Evaluated in one run alone</summary>\n\n${gaps.join("\n")}\n\n</details>`);
  const more = left === 0 ? [] : [`… and ${left} more: \`asdic diff BEFORE AFTER --format json\` has all of them.`];
  return `${[head, ...parts, ...more].join("\n\n")}\n`;
}

/** GitHub takes 65,536 characters in a comment. */
const most = 50_000;
const mostGaps = 20;

/** What needs nobody's eyes is folded. */
const wrapKind = (kind: ChangeKind, count: string, lines: readonly string[]): string =>
  kind === "new" || kind === "worse"
    ? `### ${kindLooks[kind].title} (${count})\n\n${lines.join("\n")}`
    : `<details><summary>${kindLooks[kind].title} (${count})</summary>\n\n${lines.join("\n")}\n\n</details>`;

function renderChange(change: Change): string {
  const { kind, title, after, remediation, waiver } = change;
  const place = describePlace(change);
  const lines = [
    `- ${kindLooks[kind].sign} ${renderCode(title)}${place === "" ? "" : ` in ${renderCode(place)}`}: ${renderCode(describeChange(change))}`,
    ...((kind === "new" || kind === "worse") && after !== undefined && after.message !== "" ? [`  ${renderCode(after.message)}`] : []),
    ...((kind === "new" || kind === "worse") && remediation !== undefined ? [`  → ${renderCode(remediation.text)}`] : []),
    ...(waiver === undefined ? [] : [`  waived (${waiver.state}): ${renderCode(waiver.reason)}`]),
  ];
  return lines.join("  \n");
}
