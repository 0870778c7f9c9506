import type { RunReport } from "../../run-report.ts";
import { renderLine } from "../../visible-text.ts";
import { viewFinding } from "./view-finding.ts";

/** What was not evaluated: how often for which reason, and each with what it lacked and the rules that would change it. */
export function viewNotEvaluated({ findings, coverage }: RunReport): {
  readonly count: number;
  readonly items: readonly object[];
  readonly beyond: number;
  readonly gaps: readonly object[];
} {
  const found = findings.filter(({ status }) => status === "not-evaluated");
  const gaps = coverage.snapshot?.failures ?? [];
  return {
    count: found.length,
    items: found.slice(0, shown).map(viewFinding),
    beyond: Math.max(0, found.length - shown),
    gaps: gaps.map(({ verb, resource, namespace, message }) => ({
      missing: renderLine(`${verb} ${resource}`),
      where: namespace === "" ? "the whole cluster" : renderLine(`namespace ${namespace}`),
      message: renderLine(message),
    })),
  };
}

const shown = 100;
