import type { Cause } from "./cause.ts";

/** What the plugin wrote is there and can't be read: an archive that is none, files that nobody may read. */
export const resultUnreadable: Cause = {
  code: "result-unreadable",
  graceSeconds: 0,
  ends: "failed",
  match: ({ delivery, plugin }) =>
    delivery?.kind === "unreadable" || (delivery?.kind === "refused" && delivery.status === 400)
      ? {
          message: delivery.message,
          hint: `Correct what plugin ${plugin} writes; what was in its results folder is in the tarball where it could be read.`,
        }
      : undefined,
};
