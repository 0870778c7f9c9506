import type { Cause } from "./cause.ts";
import { quoteMessage } from "./cause.ts";
import { findRefusal, parseRefuser } from "./parse-refusal.ts";

/** The namespace's Pod Security level does not allow what the plugin's pod asks for. */
export const podSecurity: Cause = {
  code: "pod-security",
  graceSeconds: 0,
  ends: "failed",
  match(sight) {
    const refusal = findRefusal(sight);
    if (!refusal || parseRefuser(refusal) !== "pod-security") return undefined;
    return {
      message: `Pod Security keeps the pod from being made: ${quoteMessage(refusal.message, 600)}`,
      hint: `Give the namespace the level that it needs (\`kubectl label --overwrite namespace ${sight.namespace} pod-security.kubernetes.io/enforce=privileged\`), or change what the plugin asks for.`,
    };
  },
};
