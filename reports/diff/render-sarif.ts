import type { Finding } from "../../core/contract/report/finding.ts";
import type { Change, ChangeKind, RunDiff } from "../../core/contract/report/run-diff.ts";
import { escapeJson } from "../json/escape-json.ts";
import { buildResult } from "../sarif/build-result.ts";
import { buildRules } from "../sarif/build-rules.ts";
import { renderLine } from "../visible-text.ts";
import { describeDiff } from "./describe-diff.ts";

/** A comparison as SARIF 2.1.0: each change that can be compared is a result with its baselineState (fixed ones are "absent"); the others are notifications. */
export function renderDiffSarif(diff: RunDiff): string {
  const states = diff.changes.flatMap((change) => {
    const state = baselineStates[change.kind];
    return state === undefined ? [] : [{ finding: buildFinding(change), state }];
  });
  const shown = states.slice(0, mostResults);
  const rules = buildRules(shown.map(({ finding }) => finding));
  const left = diff.beyond + states.length - shown.length;
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "asdic", rules: [...rules.values()].map(({ rule }) => rule) } },
        automationDetails: { id: "asdic/diff/" },
        originalUriBaseIds: {
          TARBALL: { description: { text: `Inside of ${renderLine(diff.after.tarball)}, or where it was fixed of ${renderLine(diff.before.tarball)}` } },
        },
        invocations: [{ executionSuccessful: diff.after.outcome !== "incomplete", toolExecutionNotifications: listNotifications(diff, left) }],
        columnKind: "utf16CodeUnits",
        results: shown.map(({ finding, state }) => ({ ...buildResult(finding, rules.get(finding.id)?.index ?? 0), baselineState: state })),
      },
    ],
  };
  return `${escapeJson(JSON.stringify(log, undefined, 2))}\n`;
}

/** GitHub takes no more of one run. */
const mostResults = 25_000;
const mostNotifications = 1000;

const baselineStates: { readonly [K in ChangeKind]?: "new" | "updated" | "unchanged" | "absent" } = {
  new: "new",
  worse: "updated",
  better: "updated",
  unchanged: "unchanged",
  fixed: "absent",
};

function buildFinding({ id, fingerprint, title, plugin, node, severity, before, after, remediation, waiver, file, kind }: Change): Finding {
  const standing = (kind === "fixed" ? before : after) ?? before;
  return {
    id,
    fingerprint,
    status: standing?.status ?? "fail",
    severity,
    category: "diff",
    title,
    message: standing?.message ?? "",
    evidence: [],
    plugin,
    ...(node === undefined ? { scope: "cluster" as const } : { scope: "node" as const, node }),
    ...(remediation === undefined ? {} : { remediation }),
    ...(waiver === undefined ? {} : { waiver }),
    ...(file === undefined ? {} : { file }),
  };
}

function listNotifications(diff: RunDiff, left: number): readonly object[] {
  const note = (text: string): object => ({ level: "note", message: { text: renderLine(text) } });
  const lost = diff.changes.filter(({ kind }) => kind === "incomparable");
  return [
    note(describeDiff(diff)),
    ...diff.notes.map(({ message }) => note(message)),
    ...lost.slice(0, mostNotifications).map(({ title, reason }) => note(`${title} can't be compared: ${reason?.message ?? ""}`)),
    ...(left === 0 ? [] : [note(`${left} more changes are not in this file.`)]),
  ];
}
