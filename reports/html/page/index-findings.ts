import type { Finding } from "../../../core/contract/report/finding.ts";
import { renderLine } from "../../visible-text.ts";
import { objectName } from "../view/object-words.ts";

/** A finding as the search sees it: its place in the report and, by key, the values that it has. */
export type Indexed = {
  readonly finding: Finding;
  readonly values: { readonly [key: string]: readonly string[] };
  /** All of its text in lower case; made when it is first asked for. */
  readonly text: () => string;
};

/** The findings of a report in its order, ready to be searched. */
export const indexFindings = (findings: readonly Finding[]): readonly Indexed[] => findings.map(indexFinding);

function indexFinding(finding: Finding): Indexed {
  const { object, refs, waiver } = finding;
  let text: string | undefined;
  return {
    finding,
    values: {
      status: [finding.status],
      severity: [finding.severity],
      category: list(finding.category),
      namespace: list(object?.namespace),
      node: list(finding.node ?? object?.node),
      kind: list(object?.kind),
      plugin: list(finding.plugin),
      owner: list(object?.owner),
      name: list(object?.name),
      id: list(finding.id),
      cis: refs?.cis ?? [],
      stig: refs?.stig ?? [],
      nsa: refs?.nsa ?? [],
      scope: list(finding.scope),
      is: waiver === undefined ? [] : ["waived", waiver.state],
    },
    text: () => (text ??= textOf(finding)),
  };
}

const list = (value: string | undefined): readonly string[] => (value === undefined || value === "" ? [] : [renderLine(value)]);

function textOf(finding: Finding): string {
  const { id, title, message, category, plugin, remediation, evidence, reasonNotEvaluated, file, fingerprint } = finding;
  const parts = [id, fingerprint, title, message, category, plugin, objectName(finding), finding.node, remediation?.text, remediation?.command, file];
  const told = [reasonNotEvaluated?.message, ...evidence.flatMap(({ label, lines }) => [label, ...lines])];
  return [...parts, ...told]
    .filter((part) => part !== undefined)
    .join("\n")
    .toLowerCase();
}
