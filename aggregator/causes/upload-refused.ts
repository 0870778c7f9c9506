import type { Cause } from "./cause.ts";

/** The aggregator does not take the upload, for a reason that no other try mends: the name that the plugin gave its file. */
export const uploadRefused: Cause = {
  code: "upload-refused",
  graceSeconds: 0,
  ends: "failed",
  match: ({ delivery, plugin }) =>
    delivery?.kind === "refused" && delivery.status !== 400 && delivery.status !== 413
      ? {
          message: `The aggregator does not take the upload (${delivery.status}): ${delivery.message}`,
          hint: `Let plugin ${plugin} give the file that its done file names a plain name: no backslash, no control character, at most 255 bytes.`,
        }
      : undefined,
};
