import type { Cause } from "./cause.ts";

/** The scheduler finds no node; the grace lets an autoscaler bring one. */
export const unschedulable: Cause = {
  code: "unschedulable",
  graceSeconds: 120,
  ends: "failed",
  match({ pod }) {
    const condition = pod?.conditions.find(({ type, status, reason }) => type === "PodScheduled" && status === "False" && reason === "Unschedulable");
    return (
      condition && {
        message: `No node can take the pod: ${condition.message}`,
        hint: "Free or add resources, or give the plugin tolerations or a node selector that fits.",
      }
    );
  },
};
