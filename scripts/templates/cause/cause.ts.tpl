import type { Cause } from "./cause.ts";
import { findWaiting, quoteMessage } from "./cause.ts";

/** Says in one sentence what happened to the pod or its node. */
export const {{camel}}: Cause = {
  code: "{{kebab}}",
  graceSeconds: 30,
  ends: "failed",
  match({ pod }) {
    const container = findWaiting(pod, ["{{pascal}}"]);
    return (
      container && {
        message: `Container ${container.name} waits: ${quoteMessage(container.message || container.reason)}`,
        hint: "Say what the person can do, with the next command: `kubectl get events`.",
      }
    );
  },
};
