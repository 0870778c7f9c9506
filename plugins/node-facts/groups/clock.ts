import type { Clock } from "../../../core/contract/worker-wire.ts";
import type { FactGroup, Facts } from "../fact-group.ts";
import { NotReadable } from "../fact-group.ts";

/** This node's clock against the aggregator's: more than two seconds apart is a failure. */
export const clock: FactGroup = { name: "clock", read: async ({ readClock }) => judgeClock(await readClock()) };

/** Certificates and leases start to misbehave at a few seconds; the answer's way takes up to half the round trip either way. */
export function judgeClock({ aggregatorTime, offsetMilliseconds, roundTripMilliseconds }: Clock): Facts {
  const apart = Math.abs(offsetMilliseconds);
  const uncertainty = roundTripMilliseconds / 2;
  if (apart - uncertainty <= toleranceMilliseconds && apart + uncertainty > toleranceMilliseconds)
    throw new NotReadable(
      `the aggregator's answer took ${roundTripMilliseconds} ms, too long to tell whether the clock is off by more than ${toleranceMilliseconds} ms`,
    );
  const facts = { aggregatorTime, offsetMilliseconds, roundTripMilliseconds };
  if (apart <= toleranceMilliseconds) return { facts };
  const direction = offsetMilliseconds > 0 ? "behind" : "ahead of";
  return { facts, failure: `clock is off by ${(apart / 1000).toFixed(1)} s: this node is ${direction} the aggregator's` };
}

const toleranceMilliseconds = 2000;
