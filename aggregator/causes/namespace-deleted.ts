import type { Cause } from "./cause.ts";
import { findRefusal, parseRefuser } from "./parse-refusal.ts";

/** The run's own namespace is being deleted, and everything in it goes. */
export const namespaceDeleted: Cause = {
  code: "namespace-deleted",
  graceSeconds: 5,
  ends: "lost",
  cutsShort: true,
  match(sight) {
    const refusal = findRefusal(sight);
    if (!sight.namespaceGoing && !(refusal && parseRefuser(refusal) === "namespace")) return undefined;
    return {
      message: `Namespace ${sight.namespace} is being deleted, and the run with it`,
      hint: "Run again in another one (`asdic run -n NAME`), or when it is gone: `kubectl get namespaces`.",
    };
  },
};
