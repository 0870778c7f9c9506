import type { Cause } from "./cause.ts";
import { collectSeconds, describeTimeUp, untilCollected } from "./describe-time-up.ts";

/** The plugin's own time is up; it was told to end, and what it has written is collected within the grace. */
export const timedOut: Cause = {
  code: "timed-out",
  graceSeconds: untilCollected,
  // Until then what comes is still a result.
  hiddenSeconds: collectSeconds,
  ends: "timed-out",
  cutsShort: true,
  match: ({ timeUp, plugin }) =>
    timeUp?.of === "plugin"
      ? {
          message: describeTimeUp(timeUp),
          hint: `Give it more time: --plugin-timeout ${plugin}=DURATION.`,
        }
      : undefined,
};
