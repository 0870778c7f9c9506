import type { Cause } from "./cause.ts";

/** The worker beside the plugin has ended without a result; the grace lets an upload that is being checked count. */
export const workerLost: Cause = {
  code: "worker-lost",
  graceSeconds: 10,
  ends: "failed",
  match({ pod, workerContainer }) {
    const worker = pod?.containers.find(({ name, state }) => name === workerContainer && state === "terminated");
    return (
      worker && {
        message: `The worker ended with exit code ${worker.exitCode} (${worker.reason}) before a result had come`,
        hint: `Its log is in the tarball under podlogs/, container ${workerContainer}.`,
      }
    );
  },
};
