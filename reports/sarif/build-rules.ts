import type { Finding, Severity } from "../../core/contract/report/finding.ts";
import { renderLine } from "../visible-text.ts";

/** The rules behind findings by their ids as they are shown, in the order of their first one, and each one's place in that order. */
export function buildRules(findings: readonly Finding[]): ReadonlyMap<string, { readonly index: number; readonly rule: object }> {
  const rules = new Map<string, { readonly index: number; readonly rule: object }>();
  for (const finding of findings) {
    const id = ruleId(finding.id);
    if (!rules.has(id)) rules.set(id, { index: rules.size, rule: buildRule(finding) });
  }
  return rules;
}

function buildRule({ id, title, severity, category, status, remediation, refs = {} }: Finding): object {
  const url = refs.url?.find((one) => /^https:\/\/[^\s"<>\\^`{|}]+$/.test(one) && URL.canParse(one));
  const tags = [category, ...(refs.cis ?? []).map((one) => `cis-${one}`), ...(refs.stig ?? []), ...(refs.nsa ?? [])];
  const score = scores[severity];
  return {
    id: ruleId(id),
    // The titles of the run's own name a node or plugin each.
    shortDescription: { text: (category === "run" ? "" : renderLine(title)) || ruleId(id) },
    ...(remediation === undefined ? {} : { help: { text: renderLine(remediation.text) || "See the finding." } }),
    ...(url === undefined ? {} : { helpUri: url }),
    defaultConfiguration: { level: levelOf({ status, severity }) },
    properties: { tags: [...new Set(tags.map((tag) => renderLine(tag)))].slice(0, mostTags), ...(score === undefined ? {} : { "security-severity": score }) },
  };
}

/** GitHub shows ten tags and takes twenty. */
const mostTags = 10;

/** GitHub's classes of severity are ranges of this number. */
const scores: { readonly [S in Severity]: string | undefined } = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0", info: undefined };

/** An id as a rule has it. */
export const ruleId = (id: string): string => renderLine(id) || "unnamed";

/** error for what failed and is severe, warning for what failed otherwise or warns. */
export const levelOf = ({ status, severity }: Pick<Finding, "status" | "severity">): "error" | "warning" | "note" => {
  if (status === "fail") return severity === "critical" || severity === "high" ? "error" : "warning";
  return severity === "info" ? "note" : "warning";
};
