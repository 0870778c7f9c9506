import type { Cause } from "./cause.ts";

/** The aggregator does not take the upload, for a reason that no other try mends. */
export const uploadRefused: Cause = {
  code: "upload-refused",
  graceSeconds: 0,
  ends: "failed",
  match: ({ delivery, plugin }) =>
    delivery?.kind === "refused" && delivery.status !== 400 && delivery.status !== 413
      ? {
          message: `The aggregator does not take the upload (${delivery.status}): ${delivery.message}`,
          hint: `Run plugin ${plugin} again; if it happens again, please report it with meta/run.log of the tarball.`,
        }
      : undefined,
};
