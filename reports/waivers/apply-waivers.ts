import type { Finding } from "../../core/contract/report/finding.ts";
import type { Waiver } from "../../core/contract/report/waiver-file.ts";
import type { WaiverUse } from "../../core/contract/report/waiver-use.ts";
import type { RunReport } from "../run-report.ts";
import { fitsWaiver } from "./fits-waiver.ts";

/**
 * A report whose findings say by which waiver they are accepted, and which lists all waivers with what became of them. One that has expired before
 * `today` (2026-01-31, UTC) accepts nothing, but stands at the findings that have no other.
 */
export function applyWaivers(report: RunReport, waivers: readonly Waiver[], today: string): RunReport {
  const isExpired = ({ expires }: Waiver): boolean => expires < today;
  const findings = report.findings.map((finding): Finding => {
    const fitting = waivers.filter((waiver) => fitsWaiver(waiver, finding));
    const chosen = fitting.find((waiver) => !isExpired(waiver)) ?? fitting[0];
    if (chosen === undefined) return finding;
    const { reason, owner, expires } = chosen;
    return { ...finding, waiver: { reason, owner, expires, state: isExpired(chosen) ? "expired" : "active" } };
  });
  const uses = waivers.map((waiver): WaiverUse => {
    const fitted = report.findings.filter((finding) => fitsWaiver(waiver, finding)).length;
    return { ...waiver, state: isExpired(waiver) ? "expired" : fitted === 0 ? "unused" : "active", findings: fitted };
  });
  return { ...report, findings, waivers: uses };
}

/** Whether somebody has accepted a finding for now. */
export const isWaived = ({ waiver }: Finding): boolean => waiver?.state === "active";
