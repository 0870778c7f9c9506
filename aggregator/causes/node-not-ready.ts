import type { Cause } from "./cause.ts";

/** The node doesn't answer; a restart of its kubelet is shorter than the grace. */
export const nodeNotReady: Cause = {
  code: "node-not-ready",
  graceSeconds: 60,
  ends: "lost",
  match: ({ nodeReady, nodeGone }) =>
    nodeReady === false && !nodeGone
      ? { message: "The node is not ready", hint: "See `kubectl describe node`; its result is taken if the node comes back before the run ends." }
      : undefined,
};
