import type { RunReport } from "../../run-report.ts";
import { renderLine } from "../../visible-text.ts";
import { viewFindingRow } from "./view-finding.ts";

/** Findings that somebody has waived, those whose waiver has expired first. */
export function viewWaivers({ findings }: RunReport): { readonly items: readonly object[]; readonly beyond: number } {
  const waived = findings.flatMap(({ waiver, ...finding }) => (waiver === undefined ? [] : [{ waiver, finding }]));
  const sorted = waived.toSorted((a, b) => Number(b.waiver.state === "expired") - Number(a.waiver.state === "expired"));
  return {
    items: sorted.slice(0, shown).map(({ waiver, finding }) => ({
      ...viewFindingRow(finding),
      isExpired: waiver.state === "expired",
      owner: renderLine(waiver.owner),
      expires: renderLine(waiver.expires),
      reason: renderLine(waiver.reason),
    })),
    beyond: Math.max(0, sorted.length - shown),
  };
}

const shown = 200;
