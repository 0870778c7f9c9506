import type { Finding } from "../../core/contract/report/finding.ts";
import { renderLines, renderLine, renderName } from "../visible-text.ts";
import { groupFindings, type FindingGroup } from "./group-findings.ts";
import type { TextLook } from "./look.ts";
import { wrapText } from "./wrap-text.ts";

export type FindingSection = {
  readonly title: string;
  readonly findings: readonly Finding[];
  /** How many more of them there are than the report lists. */
  readonly beyond: number;
  readonly tone: "bad" | "warning" | "quiet";
  readonly sign: string;
  /** How many groups are shown where it is to be brief. */
  readonly brief: number;
};

/** A section of findings, those of the same check together: title, place, reason in a line, remedy; no lines where there are none. */
export function renderFindings({ title, findings, beyond, tone, sign, brief }: FindingSection, look: TextLook): readonly string[] {
  if (findings.length + beyond === 0) return [];
  const groups = groupFindings(findings);
  const shown = look.detail === "brief" ? groups.slice(0, brief) : groups;
  const hidden = beyond + groups.slice(shown.length).reduce((sum, { all }) => sum + all.length, 0);
  const more = hidden === 0 ? [] : [look.paint("quiet", `  … and ${hidden} more`)];
  return [look.paint("heading", `${title} (${findings.length + beyond})`), ...shown.flatMap((group) => renderGroup(group, { tone, sign, look })), ...more];
}

type Shown = { readonly tone: FindingSection["tone"]; readonly sign: string; readonly look: TextLook };

function renderGroup(group: FindingGroup, { tone, sign, look }: Shown): readonly string[] {
  const { first } = group;
  const { columns, paint, detail } = look;
  const title = wrapText(titleOf(group), { columns, indent: 4, lines: detail === "brief" ? 2 : Infinity });
  const lines = [`  ${paint(tone, sign)} ${title[0]?.trimStart() ?? ""}`, ...title.slice(1)];
  lines.push(...wrapText(placeOf(group, detail), { columns, indent: 6, lines: 1 }).map((line) => paint("quiet", line)));
  if (renderLine(first.message) !== renderLine(first.title)) lines.push(...renderReason(first, look));
  if (detail === "full") lines.push(...renderEvidence(first, columns));
  if (first.waiver !== undefined) lines.push(...wrapText(describeWaiver(first.waiver), { columns, indent: 6, lines: 2 }).map((line) => paint("warning", line)));
  if (first.remediation !== undefined) lines.push(...wrapText(`→ ${first.remediation.text}`, { columns, indent: 6, lines: detail === "brief" ? 3 : 8 }));
  return lines;
}

const namedNodes = 3;

/** Nodes stand behind the check where several have it. */
function titleOf({ first, all }: FindingGroup): string {
  if (all.length === 1) return renderName(first.title);
  const places = [...new Set(all.map(({ node, object }) => node ?? object?.name ?? "").filter((name) => name !== ""))];
  const named = places.slice(0, namedNodes).join(", ");
  const more = places.length > namedNodes ? ` and ${places.length - namedNodes} more` : "";
  const what = first.category === "run" && first.plugin !== "" ? `${first.plugin}: ${first.id}` : renderName(first.title);
  return places.length > 1 ? `${what} on ${places.length} nodes: ${named}${more}` : `${what} (${all.length} times)`;
}

function placeOf({ first, all }: FindingGroup, detail: TextLook["detail"]): string {
  const { plugin, id, severity, status, category, fingerprint, file } = first;
  const graded = status === "fail" || status === "warn" ? [severity] : [];
  const check = category === "run" && plugin !== "" ? [id] : [];
  return [plugin, ...check, ...graded, ...(all.length === 1 ? [fingerprint] : []), ...(file === undefined || detail === "brief" ? [] : [file])]
    .filter((part) => part !== "")
    .join(" · ");
}

/** As much of a failure's text as helps to see which it is; the whole is in the tarball. */
const shownLines = 6;

function renderReason({ message, evidence }: Finding, { columns, detail }: TextLook): readonly string[] {
  const failure = evidence.find(({ label }) => label === "failure")?.lines.join("\n");
  if (detail === "brief" || failure === undefined) return wrapText(message, { columns, indent: 6, lines: detail === "brief" ? 1 : 3 });
  const lines = renderLines(failure)
    .split("\n")
    .filter((line) => line.trim() !== "" && !isBareLocation(line));
  const more = lines.length > shownLines ? [`      … and ${lines.length - shownLines} more lines`] : [];
  return [...lines.slice(0, shownLines).flatMap((line) => wrapText(line, { columns, indent: 6, lines: 2 })), ...more];
}

/** Ginkgo puts where in its own source it was before and behind what went wrong. */
const isBareLocation = (line: string): boolean => /^\s*\/\S+\.go:\d+( \+0x[0-9a-f]+)?$/.test(line);

/** Of each kind of fact the last few, which are the latest; all of them are in the other formats and in the tarball. */
const tellingParts = ["containers", "events", "conditions", "nodeConditions", "facts"];
const shownFacts = 2;

const renderEvidence = ({ evidence }: Finding, columns: number): readonly string[] =>
  evidence
    .filter(({ label }) => tellingParts.includes(label))
    .flatMap(({ label, lines }) => {
      const telling = label === "containers" ? lines.filter((line) => line.includes("message: ")) : lines;
      return telling.slice(-shownFacts).flatMap((line) => wrapText(`${label}: ${line}`, { columns, indent: 6, lines: 2 }));
    });

const describeWaiver = ({ state, reason, owner, expires }: NonNullable<Finding["waiver"]>): string =>
  state === "active" ? `waived until ${expires} by ${owner}: ${reason}` : `its waiver by ${owner} has expired on ${expires}: ${reason}`;
