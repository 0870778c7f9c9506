import type { Cause, Refusal } from "./cause.ts";
import { quoteMessage } from "./cause.ts";
import { findRefusal, parseRefuser } from "./parse-refusal.ts";

/**
 * The API server does not take the pod or Job, for a reason of its own: a limit range, an account that is missing, a field that it can't have. Where it says that
 * the trouble is its own (500 and more), a store that elects a leader or a server that is overrun gets its time.
 */
export const objectRefused: Cause = {
  code: "object-refused",
  graceSeconds: (sight) => (isInTrouble(findRefusal(sight)) ? 60 : 10),
  ends: "failed",
  match(sight) {
    const refusal = findRefusal(sight);
    if (!refusal || parseRefuser(refusal) !== "other") return undefined;
    const words = quoteMessage(refusal.message, 600);
    return isInTrouble(refusal)
      ? {
          message: `The API server can't make the plugin's pod (${refusal.status}): ${words}`,
          hint: "See what ails the control plane: `kubectl get --raw '/readyz?verbose'`.",
        }
      : {
          message: `The API server refused the plugin's pod: ${words}`,
          hint: `Correct the plugin's file (\`asdic plugins show FILE\`), or ask the cluster's administrator for what it names.`,
        };
  },
};

const isInTrouble = (refusal: Refusal | undefined): boolean => refusal !== undefined && refusal.status >= 500;
