import type { Cause } from "./cause.ts";

/** The pod vanished and its node is still there: someone or something deleted it. */
export const podDeleted: Cause = {
  code: "pod-deleted",
  graceSeconds: 5,
  ends: "lost",
  match: ({ podGone, nodeGone }) =>
    podGone && !nodeGone
      ? {
          message: "The plugin's pod was deleted before its result had come",
          hint: "Look in the audit log or the events for who deleted it, and run the plugin again.",
        }
      : undefined,
};
