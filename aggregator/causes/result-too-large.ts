import type { Cause } from "./cause.ts";

/** The result is larger than the run takes. */
export const resultTooLarge: Cause = {
  code: "result-too-large",
  graceSeconds: 0,
  ends: "failed",
  match: ({ delivery, plugin }) =>
    delivery?.kind === "refused" && delivery.status === 413
      ? {
          message: delivery.message,
          hint: `Raise the limit with --max-result-size, or let plugin ${plugin} write less.`,
        }
      : undefined,
};
