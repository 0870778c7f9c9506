import type { Clock, PollRequest } from "../core/contract/worker-wire.ts";
import type { Aggregator } from "./aggregator-connection.ts";
import { poll } from "./poll.ts";

/**
 * The aggregator's clock against this one: the better of two measurements, because the first may have paid for a TLS handshake. The offset is
 * exact to half the round trip. Throws when the aggregator can't be reached.
 */
export async function measureClock(options: {
  readonly aggregator: Aggregator;
  readonly state: PollRequest["state"];
  readonly signal: AbortSignal;
  readonly connect: number;
}): Promise<Clock> {
  const first = await measureOnce(options);
  const second = await measureOnce(options);
  return first.roundTripMilliseconds < second.roundTripMilliseconds ? first : second;
}

async function measureOnce({ aggregator, state, signal, connect }: Parameters<typeof measureClock>[0]): Promise<Clock> {
  const started = performance.now();
  const { time } = await poll({ aggregator, request: { state, hold: false }, signal, connect });
  const roundTripMilliseconds = performance.now() - started;
  const offsetMilliseconds = Date.parse(time) - (Date.now() - roundTripMilliseconds / 2);
  if (Number.isNaN(offsetMilliseconds)) throw new Error("the aggregator's time is no time");
  return { aggregatorTime: time, offsetMilliseconds, roundTripMilliseconds };
}
