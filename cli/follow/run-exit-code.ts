import type { ExitCode } from "../../core/contract/known-error.ts";
import type { RunSummary } from "../../core/contract/run-status.ts";

/** What the end of a run means (design D12): 4 when something that was expected is not there, else 1 when something failed or a secret is still in the tarball, else 0. */
export function runExitCode({ outcome, plugins, notes = [] }: Pick<RunSummary, "outcome" | "plugins" | "notes">): ExitCode {
  if (outcome !== "complete") return 4;
  const counts = plugins.map(({ resultCounts }) => resultCounts ?? {});
  const isMissing = plugins.some(({ resultStatus, states }) => resultStatus === "unknown" || (resultStatus === undefined && (states.done ?? 0) > 0));
  if (isMissing || counts.some((each) => (each["unknown"] ?? 0) > 0)) return 4;
  if (notes.some(({ code }) => code === "redaction-leak")) return 1;
  return plugins.some(({ resultStatus }) => resultStatus === "failed" || resultStatus === "timeout") ||
    counts.some((each) => (each["failed"] ?? 0) + (each["timeout"] ?? 0) > 0)
    ? 1
    : 0;
}
