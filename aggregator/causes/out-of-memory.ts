import type { Cause } from "./cause.ts";

/** The kernel ended a container that wanted more memory than its limit; what the plugin had written until then is collected. */
export const outOfMemory: Cause = {
  code: "out-of-memory",
  graceSeconds: ({ pod, workerContainer }) => (pod?.containers.some(({ name, reason }) => name === workerContainer && reason === "OOMKilled") ? 10 : 120),
  hiddenSeconds: 3,
  ends: "failed",
  cutsShort: true,
  match({ pod, plugin, workerContainer }) {
    const container = pod?.containers.find(({ state, reason }) => state === "terminated" && reason === "OOMKilled");
    if (!container) return undefined;
    const isWorker = container.name === workerContainer;
    return {
      message: isWorker
        ? "The worker beside the plugin ran out of memory before it had sent the result"
        : `Container ${container.name} ran out of memory and was killed`,
      hint: isWorker
        ? "It needs no more than 128 MiB by itself: other containers may share its node's last memory, see `kubectl top node`; please report it."
        : `Raise resources.limits.memory in the file of plugin ${plugin}, or give it less to do.`,
    };
  },
};
