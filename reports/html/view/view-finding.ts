import type { Finding } from "../../../core/contract/report/finding.ts";
import { renderLine, renderLines, renderName } from "../../visible-text.ts";
import { listReferences, type Reference } from "./list-references.ts";
import { objectName } from "./object-words.ts";
import { renderWaiverEntry } from "./render-waiver-entry.ts";
import { splitPassages, type Passage } from "./split-passages.ts";
import { severityWords, statusWords, type Tone } from "./state-words.ts";

/** A finding in words, ready to be shown as text: the page's script and its templates say the same. */
export type FindingView = {
  readonly anchor: string;
  readonly id: string;
  readonly tone: Tone;
  readonly status: string;
  readonly severity: string;
  readonly severityClass: string;
  readonly title: string;
  /** Object, node and plugin; what of them there is. */
  readonly where: string;
  readonly why: string;
  readonly evidence: readonly { readonly label: string; readonly lines: readonly string[] }[];
  readonly remedy: readonly Passage[];
  readonly command: string;
  readonly hasRemedy: boolean;
  readonly references: readonly Reference[];
  readonly waiver: string;
  readonly waiverEntry: string;
  /** Why it was not evaluated: what was missing, and the rules that would change it. */
  readonly code: string;
  readonly missing: string;
  readonly role: string;
  readonly file: string;
  readonly facts: readonly { readonly label: string; readonly line: string }[];
};

/** Everything that the card of a finding shows. */
export function viewFinding(finding: Finding): FindingView {
  const { remediation, reasonNotEvaluated: reason } = finding;
  return {
    ...viewFindingRow(finding),
    why: renderLines(finding.message.trim()),
    evidence: finding.evidence.map(({ label, lines }) => ({ label: renderLine(label), lines: lines.map(renderLines) })),
    remedy: splitPassages(remediation?.text ?? ""),
    command: renderLines(remediation?.command ?? ""),
    hasRemedy: remediation !== undefined,
    references: listReferences(finding),
    waiver: describeWaiver(finding),
    waiverEntry: renderWaiverEntry(finding),
    code: renderLine(reason?.code ?? ""),
    missing: reason === undefined ? "" : describeMissing(reason),
    role: renderLines(reason?.role ?? ""),
    file: renderLine(finding.file ?? ""),
    facts: listFacts(finding),
  };
}

/** What its row shows while it is closed. */
export function viewFindingRow(finding: Finding): Pick<FindingView, "anchor" | "id" | "tone" | "status" | "severity" | "severityClass" | "title" | "where"> {
  const { status, severity, waiver } = finding;
  const isItsNode = finding.object?.kind === "Node" && finding.object.name === finding.node;
  const place = [objectName(finding), finding.node === undefined || isItsNode ? "" : `node ${finding.node}`, finding.plugin];
  return {
    anchor: `f=${finding.fingerprint}`,
    id: renderLine(finding.id),
    tone: waiver?.state === "active" ? "none" : statusWords[status].tone,
    status: waiver?.state === "active" ? `${statusWords[status].word}, waived` : statusWords[status].word,
    severity: severityWords[severity],
    severityClass: severity,
    title: renderName(finding.title) || renderLine(finding.id),
    where: place
      .filter((part) => part !== "")
      .map(renderLine)
      .join(" · "),
  };
}

/** What would have been needed: a verb on a resource, and the nodes on which. */
function describeMissing({ missing }: NonNullable<Finding["reasonNotEvaluated"]>): string {
  if (missing === undefined) return "";
  const nodes = missing.nodes === undefined || missing.nodes.length === 0 ? "" : ` on ${missing.nodes.join(", ")}`;
  return renderLine(`It lacked ${missing.verb} on ${missing.resource}${nodes}.`);
}

function describeWaiver({ waiver }: Finding): string {
  if (waiver === undefined) return "";
  const { state, owner, expires, reason } = waiver;
  const until = state === "expired" ? `expired on ${expires} and no longer counts` : `until ${expires}`;
  return renderLine(`Waived by ${owner}, ${until}: ${reason}`);
}

function listFacts({ id, fingerprint, category, scope, time, object }: Finding): FindingView["facts"] {
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ["Rule", id],
    ["Category", category],
    ["Scope", scope],
    ["Owner", object?.owner],
    ["Seen", time],
    ["Fingerprint", fingerprint],
  ];
  return pairs.flatMap(([label, line]) => (line === undefined || line === "" ? [] : [{ label, line: renderLine(line) }]));
}
