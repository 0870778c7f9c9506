import type { BackOffTiming } from "../kubelet-context.ts";

/**
 * A wait that doubles with each failure, counted from the failure itself. The first failure is tried again at once.
 * Source: k8s.io/client-go, util/flowcontrol/backoff.go. Times are of performance.now().
 */
export type BackOff = {
  /** How long is still to be waited after a failure at `since`; 0 when it may be tried now. */
  remaining(since: number): number;
  /** The wait that holds now, in milliseconds. */
  delay(): number;
  /** To be called for each new try after a failure at `since`. */
  next(since: number): void;
};

export function createBackOff({ first, last }: BackOffTiming): BackOff {
  let delay = 0;
  let tried = 0;
  return {
    remaining: (since) => (delay === 0 ? 0 : Math.max(0, since + delay - performance.now())),
    delay: () => delay,
    next(since) {
      // Who held out for twice the longest wait begins anew.
      delay = delay === 0 || since - tried > last * 2 ? first : Math.min(delay * 2, last);
      tried = performance.now();
    },
  };
}
