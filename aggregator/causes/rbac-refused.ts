import type { Cause } from "./cause.ts";
import { quoteMessage } from "./cause.ts";
import { findRefusal, parseRefuser } from "./parse-refusal.ts";

/** The aggregator's account may not make the pod; a role that was just given takes a moment to count. */
export const rbacRefused: Cause = {
  code: "rbac-refused",
  graceSeconds: 10,
  ends: "failed",
  match(sight) {
    const refusal = findRefusal(sight);
    if (!refusal || parseRefuser(refusal) !== "rbac") return undefined;
    return {
      message: `The aggregator is not allowed to make the pod: ${quoteMessage(refusal.message, 600)}`,
      hint: `Give it the right, or see what it has: \`kubectl auth can-i --list -n ${sight.namespace} --as system:serviceaccount:${sight.namespace}:asdic-aggregator\`.`,
    };
  },
};
