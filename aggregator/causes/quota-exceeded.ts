import type { Cause } from "./cause.ts";
import { quoteMessage } from "./cause.ts";
import { findRefusal, parseRefuser } from "./parse-refusal.ts";

/** The namespace's quota has no room for the pod; other pods may end within the grace, and it is tried again meanwhile. */
export const quotaExceeded: Cause = {
  code: "quota-exceeded",
  graceSeconds: 30,
  ends: "failed",
  match(sight) {
    const refusal = findRefusal(sight);
    if (!refusal || parseRefuser(refusal) !== "quota") return undefined;
    return {
      message: `The namespace's quota keeps the pod from being made: ${quoteMessage(refusal.message, 600)}`,
      hint: `See \`kubectl describe resourcequota -n ${sight.namespace}\`; raise it, or run in another namespace with --namespace.`,
    };
  },
};
