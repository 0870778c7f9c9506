import type { Cause } from "./cause.ts";
import { quoteMessage } from "./cause.ts";
import { findRefusal, parseRefuser } from "./parse-refusal.ts";

/** The API server does not take the pod or Job, for a reason of its own: a limit range, an account that is missing, a field that it can't have. */
export const objectRefused: Cause = {
  code: "object-refused",
  graceSeconds: 10,
  ends: "failed",
  match(sight) {
    const refusal = findRefusal(sight);
    if (!refusal || parseRefuser(refusal) !== "other") return undefined;
    return {
      message: `The API server refused the plugin's pod: ${quoteMessage(refusal.message, 600)}`,
      hint: `Correct the plugin's file (\`asdic plugins show FILE\`), or ask the cluster's administrator for what it names.`,
    };
  },
};
