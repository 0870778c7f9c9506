import type { Cause } from "./cause.ts";
import { collectSeconds, describeTimeUp, untilCollected } from "./describe-time-up.ts";

/** The time of the whole run is up; the plugin was told to end, and what it has written is collected within the grace. */
export const runTimedOut: Cause = {
  code: "run-timed-out",
  graceSeconds: untilCollected,
  // Until then what comes is still a result.
  hiddenSeconds: collectSeconds,
  ends: "timed-out",
  cutsShort: true,
  match: ({ timeUp, plugin }) =>
    timeUp?.of === "run"
      ? {
          message: describeTimeUp(timeUp),
          hint: `Give the run more time with --timeout, or plugin ${plugin} less to do.`,
        }
      : undefined,
};
