import type { Cause } from "./cause.ts";

/** An init container ended with an error, so that the plugin never starts. */
export const initFailed: Cause = {
  code: "init-failed",
  graceSeconds: 0,
  ends: "failed",
  match({ pod }) {
    if (pod?.phase !== "Failed") return undefined;
    const container = pod.initContainers.find(({ state, exitCode }) => state === "terminated" && exitCode !== 0);
    return (
      container && {
        message: `Init container ${container.name} ended with exit code ${container.exitCode}${container.message ? `: ${container.message}` : ""}`,
        hint: "Its log is in the tarball under podlogs/.",
      }
    );
  },
};
