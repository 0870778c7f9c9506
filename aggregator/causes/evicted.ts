import type { Cause } from "./cause.ts";

/** The kubelet or the scheduler ended the whole pod: eviction, preemption, node shutdown, admission. */
export const evicted: Cause = {
  code: "evicted",
  graceSeconds: 0,
  ends: "lost",
  match({ pod }) {
    if (pod?.phase !== "Failed" || pod.reason === undefined) return undefined;
    return {
      message: `The pod was ended by Kubernetes (${pod.reason}): ${pod.message ?? "no message"}`,
      hint: "See the node's conditions and events; give the plugin resource requests if it was evicted.",
    };
  },
};
