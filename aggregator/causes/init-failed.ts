import type { Cause } from "./cause.ts";
import { lastLine } from "./cause.ts";

/** An init container ends with an error, so that the plugin never starts; one that is restarted gets a few tries. */
export const initFailed: Cause = {
  code: "init-failed",
  graceSeconds: ({ pod }) => (pod?.phase === "Failed" ? 0 : 60),
  ends: "failed",
  match({ pod }) {
    const looping = pod?.initContainers.find(({ reason, last }) => reason === "CrashLoopBackOff" && last !== undefined);
    const failed = pod?.phase === "Failed" ? pod.initContainers.find(({ state, exitCode }) => state === "terminated" && exitCode !== 0) : undefined;
    const [container, exitCode, log] = failed ? [failed, failed.exitCode, failed.message] : [looping, looping?.last?.exitCode, looping?.last?.message];
    if (!container) return undefined;
    const words = lastLine(log ?? "");
    return {
      message: `Init container ${container.name} ends with exit code ${exitCode}${container.restarts > 0 ? ` again and again (${container.restarts} restarts)` : ""}${words === "" ? "" : `: ${words}`}`,
      hint: `Its whole log is in the tarball, podlogs/…/${container.name}.txt; while the run goes on: \`asdic logs\`.`,
    };
  },
};
