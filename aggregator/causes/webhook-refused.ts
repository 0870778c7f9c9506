import type { Cause } from "./cause.ts";
import { quoteMessage } from "./cause.ts";
import { findRefusal, parseRefuser } from "./parse-refusal.ts";

/** A policy of the cluster refuses the pod, or the webhook that is to judge it does not answer; the latter is tried again within the grace. */
export const webhookRefused: Cause = {
  code: "webhook-refused",
  graceSeconds: (sight) => (parseRefuser(findRefusal(sight) ?? noRefusal) === "webhook-down" ? 30 : 0),
  ends: "failed",
  match(sight) {
    const refusal = findRefusal(sight);
    const refuser = refusal && parseRefuser(refusal);
    if (!refusal || (refuser !== "webhook" && refuser !== "webhook-down")) return undefined;
    return {
      message: `${refuser === "webhook" ? "A policy of the cluster refuses the pod" : "A webhook that must allow the pod can't be asked"}: ${quoteMessage(refusal.message, 600)}`,
      hint: "See `kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations,validatingadmissionpolicies`, and ask whoever made the one that it names.",
    };
  },
};

const noRefusal = { status: 0, reason: "", message: "" };
