import type { Cause } from "./cause.ts";

/** The node has left the cluster. */
export const nodeDeleted: Cause = {
  code: "node-deleted",
  graceSeconds: 5,
  ends: "lost",
  cutsShort: true,
  match: ({ nodeGone, pod }) =>
    nodeGone
      ? {
          message: `Node ${pod?.nodeName ?? ""} was removed from the cluster`.replace("  ", " "),
          hint: "Nothing to do if that was intended, for example by an autoscaler; the nodes that there are: `kubectl get nodes`.",
        }
      : undefined,
};
