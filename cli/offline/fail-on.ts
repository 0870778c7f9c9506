import type { ExitCode } from "../../core/contract/known-error.ts";
import type { Outcome } from "../../reports/run-report.ts";

/** What --fail-on may be. */
export const failOnChoices = ["failed", "incomplete"] as const;

/** Exit code of an offline command: 0 whatever the run's outcome, unless --fail-on was given (design D12). */
export function failOnExitCode(outcome: Outcome, failOn: (typeof failOnChoices)[number] | undefined): ExitCode {
  if (failOn === undefined || outcome === "passed") return 0;
  if (outcome === "incomplete") return 4;
  return failOn === "failed" ? 1 : 0;
}

export const failOnHelp = "failed: exit with 1 if something failed, with 4 if the run is incomplete. incomplete: only the latter";
