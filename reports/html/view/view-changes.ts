import { changeKinds, type Change, type Gap, type RunDiff } from "../../../core/contract/report/run-diff.ts";
import { describeChange, describeDiff, describePlace, kindLooks, verdictLabels } from "../../diff/describe-diff.ts";
import { renderLine, renderLines, renderName } from "../../visible-text.ts";
import { splitPassages } from "./split-passages.ts";
import { severityWords, statusWords, type Tone } from "./state-words.ts";

/** A comparison as the template shows it: verdict, both runs, a list for each kind of change, and what only one run has evaluated. */
export const viewChanges = (diff: RunDiff): object => ({
  verdict: viewDiffVerdict(diff),
  sides: viewSides(diff),
  notes: diff.notes.map(({ message }) => renderLine(message)),
  kinds: changeKinds.flatMap((kind) => {
    const all = diff.changes.filter((change) => change.kind === kind);
    const items = all.slice(0, shown).map(viewChange);
    return all.length === 0 ? [] : [{ title: kindLooks[kind].title, count: all.length, items, beyond: all.length - items.length }];
  }),
  gaps: diff.gaps.slice(0, shown).map(viewGap),
});

function viewDiffVerdict(diff: RunDiff): object {
  const label = verdictLabels[diff.verdict].replace(/^\S+ /, "");
  return { tone: verdictTones[diff.verdict], label, word: `${label.slice(0, 1)}${label.slice(1).toLowerCase()}`, sentence: describeDiff(diff) };
}

const verdictTones: { readonly [V in RunDiff["verdict"]]: Tone } = { worse: "bad", better: "good", same: "good", incomparable: "open" };

/** Of each kind. */
const shown = 500;

/** A row for each thing that is known of either run. */
function viewSides({ before, after }: RunDiff): readonly object[] {
  const rows: readonly (readonly [name: string, read: (side: RunDiff["before"]) => string | number | undefined])[] = [
    ["Tarball", ({ tarball }) => tarball],
    ["Kubernetes", ({ serverVersion }) => serverVersion],
    ["Made by", ({ tool }) => tool],
    ["Started", ({ startedAt }) => startedAt],
    ["Passed", ({ counts }) => counts.passed],
    ["Failed", ({ counts }) => counts.failed],
    ["Skipped", ({ counts }) => counts.skipped],
  ];
  const show = (value: string | number | undefined): string => renderLine(String(value ?? "–"));
  return rows
    .filter(([, read]) => read(before) !== undefined || read(after) !== undefined)
    .map(([name, read]) => ({ name, before: show(read(before)), after: show(read(after)) }));
}

function viewChange(change: Change): object {
  const { kind, title, severity, id, fingerprint, before, after, remediation, waiver, file } = change;
  const standing = kind === "fixed" ? before : after;
  return {
    ...(kind === "incomparable" ? { tone: "open", word: "Not compared" } : statusWords[after?.status ?? "pass"]),
    title: renderName(title),
    where: [describePlace(change), describeChange(change)].filter((part) => part !== "").join(" · "),
    severity,
    severityWord: severityWords[severity],
    waiver:
      waiver === undefined
        ? ""
        : renderLine(`${waiver.state === "active" ? "Waived until" : "The waiver has expired on"} ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`),
    message: renderLines(standing?.message ?? ""),
    remedy: splitPassages(remediation?.text ?? ""),
    id: renderLine(id),
    fingerprint,
    file: renderLine(file ?? ""),
  };
}

const viewGap = ({ plugin, count, lacking, reason, examples }: Gap): object => ({
  plugin: renderLine(plugin),
  count,
  lacking: lacking === "before" ? "earlier" : "later",
  reason: renderLine(reason.message),
  examples: examples.map(renderName).join("; "),
});
