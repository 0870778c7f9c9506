import { changeKinds, type Change, type ChangeKind, type RunDiff } from "../../core/contract/report/run-diff.ts";
import { fitSigns, plainLook, type TextLook } from "../text/look.ts";
import { wrapText } from "../text/wrap-text.ts";
import { renderLine, renderName } from "../visible-text.ts";
import { describeChange, describeDiff, describeGap, describePlace, describeSide, kindLooks, verdictLabels } from "./describe-diff.ts";

/** A comparison for a terminal: verdict, both runs, what is new or worse first, then what was fixed, and what can't be compared with the reason. */
export function renderDiffText(diff: RunDiff, look: TextLook = plainLook): string {
  const sections = [renderHead(diff, look), ...changeKinds.map((kind) => renderKind(diff, kind, look)), renderGaps(diff, look)];
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${fitSigns(text.join("\n\n"), look)}\n`;
}

const tones = { worse: "bad", better: "good", same: "good", incomparable: "warning" } as const;

function renderHead(diff: RunDiff, { columns, paint }: TextLook): readonly string[] {
  const label = verdictLabels[diff.verdict];
  const [first = "", ...rest] = wrapText(`${label} ${describeDiff(diff)}`, { columns: columns - 1, indent: 0, lines: 3 });
  const rows: readonly (readonly [string, string])[] = [
    ["Before", describeSide(diff.before)],
    ["After", describeSide(diff.after)],
    ...diff.notes.map(({ message }) => ["Note", message] as const),
  ];
  const facts = rows.flatMap(([name, text]) =>
    wrapText(text, { columns, indent: 10, lines: 2 }).map((line, index) => (index === 0 ? `  ${name}${line.slice(name.length + 2)}` : line)),
  );
  return [`${paint(tones[diff.verdict], label)}  ${first.slice(label.length).trimStart()}`, ...rest, "", ...facts];
}

/** How many of a kind are shown where it is to be brief. */
const brief: { readonly [K in ChangeKind]: number } = { new: 20, worse: 20, fixed: 20, better: 10, unchanged: 10, incomparable: 10 };

function renderKind({ changes, beyond }: RunDiff, kind: ChangeKind, look: TextLook): readonly string[] {
  const all = changes.filter((change) => change.kind === kind);
  if (all.length === 0) return [];
  const shown = look.detail === "brief" ? all.slice(0, brief[kind]) : all;
  const hidden = all.length - shown.length + (kind === changes.at(-1)?.kind ? beyond : 0);
  const more = hidden === 0 ? [] : [look.paint("quiet", `  … and ${hidden} more`)];
  return [look.paint("heading", `${kindLooks[kind].title} (${all.length})`), ...shown.flatMap((change) => renderChange(change, look)), ...more];
}

function renderChange(change: Change, { columns, paint }: TextLook): readonly string[] {
  const { kind, title, after, remediation, waiver, fingerprint } = change;
  const { sign, tone } = kindLooks[kind];
  const [first = "", ...rest] = wrapText(renderName(title), { columns, indent: 4, lines: 2 });
  const place = [describePlace(change), describeChange(change), fingerprint].filter((part) => part !== "").join(" · ");
  const isOpen = kind === "new" || kind === "worse" || kind === "unchanged";
  return [
    `  ${paint(tone, sign)} ${first.trimStart()}`,
    ...rest,
    ...wrapText(place, { columns, indent: 6, lines: 2 }).map((line) => paint("quiet", line)),
    ...(isOpen && after !== undefined && renderLine(after.message) !== renderLine(title) ? wrapText(after.message, { columns, indent: 6, lines: 1 }) : []),
    ...(waiver?.state === "active" ? wrapText(`waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`, { columns, indent: 6, lines: 2 }) : []),
    ...(isOpen && remediation !== undefined ? wrapText(`→ ${remediation.text}`, { columns, indent: 6, lines: 3 }) : []),
  ];
}

function renderGaps({ gaps }: RunDiff, { columns, paint, detail }: TextLook): readonly string[] {
  if (gaps.length === 0) return [];
  const shown = detail === "brief" ? gaps.slice(0, 10) : gaps;
  const more = gaps.length > shown.length ? [paint("quiet", `  … and ${gaps.length - shown.length} more`)] : [];
  return [paint("heading", "Evaluated in one run alone"), ...shown.flatMap((gap) => wrapText(describeGap(gap), { columns, indent: 2, lines: 3 })), ...more];
}
