import { renderDuration } from "../run/duration.ts";
import type { MadeRun } from "./read-run-spec.ts";
import type { WaitRequest } from "./wait-for-run.ts";

/** An aggregator may need this long beside its run: to be scheduled, to be replaced, to gather. */
const slackSeconds = 1800;

/** How long to wait for a run: as said, or as long as it may last, so that no wait is for ever. */
export function planLimit(
  spec: Pick<MadeRun, "createdAt" | "runTimeoutSeconds" | "runId">,
  { now, seconds }: { readonly now: Date; readonly seconds: number | undefined },
): WaitRequest["limit"] {
  if (seconds !== undefined) return { seconds, message: `The run ${spec.runId} has not ended within ${renderDuration(seconds)}.` };
  const age = (now.getTime() - Date.parse(spec.createdAt)) / 1000;
  // This clock and that of whoever started the run may differ; a complete run is seen at once.
  const left = Math.min(spec.runTimeoutSeconds, Math.max(0, spec.runTimeoutSeconds - age)) + slackSeconds;
  return { seconds: left, message: `The run ${spec.runId} should have ended after ${renderDuration(spec.runTimeoutSeconds)} at the latest, and has not.` };
}
