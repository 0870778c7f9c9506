import type { Cause } from "./cause.ts";

/** The node has left the cluster. */
export const nodeDeleted: Cause = {
  code: "node-deleted",
  graceSeconds: 5,
  ends: "lost",
  match: ({ nodeGone }) =>
    nodeGone ? { message: "The node was removed from the cluster", hint: "Nothing to do if that was intended, for example by an autoscaler." } : undefined,
};
