import type { Cause } from "./cause.ts";

/** The done file names something that is not there, or is empty. */
export const resultMissing: Cause = {
  code: "result-missing",
  graceSeconds: 0,
  ends: "failed",
  match: ({ delivery, plugin }) =>
    delivery?.kind === "missing"
      ? {
          message: delivery.message,
          hint: `Correct what plugin ${plugin} writes into its done file; what was in its results folder is in the tarball.`,
        }
      : undefined,
};
