import type { Aggregator } from "./aggregator-connection.ts";
import { backOff, pause, spread } from "./back-off.ts";
import type { Log } from "./log.ts";
import { renderFailure } from "./log.ts";
import { poll } from "./poll.ts";
import type { Timings } from "./timings.ts";

/**
 * Keeps a result that an aggregator has accepted, and asks now and then: "again" when the aggregator that answers hasn't got it, because it came in
 * place of the one that had; "over" when the run is sealed or the signal aborts. After `terminated` the next answer decides, where one can come. Never throws.
 */
export async function stayDelivered(options: {
  readonly aggregator: Aggregator;
  readonly timings: Timings;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly terminated: AbortSignal;
}): Promise<"again" | "over"> {
  const { aggregator, timings, log, signal, terminated } = options;
  const wasTunnelled = aggregator.isTunnelled();
  let wait = spread(timings.deliveredPause);
  let failures = 0;
  // The connection that the result went over is not free before its answer is dealt with.
  setImmediate(() => aggregator.rest());
  while (!signal.aborted) {
    // A termination is answered at once: there is no time to lose.
    if (!terminated.aborted || failures > 0) await pause(wait, terminated.aborted ? signal : AbortSignal.any([signal, terminated]));
    if (signal.aborted) break;
    // It went by a connection of the aggregator's, and none is offered any more: there is nobody to ask.
    if (terminated.aborted && wasTunnelled && !aggregator.isTunnelled()) return "over";
    try {
      // No connection is held between two polls: thousands of them would be most of the aggregator's memory.
      const answer = await poll({ aggregator, request: { state: "delivered", hold: false }, headers: { connection: "close" }, signal });
      if (answer.instruction === "collect") return "again";
      if (answer.instruction === "leave" || terminated.aborted) return "over";
      failures = 0;
      wait = spread(answer.pauseSeconds === undefined ? timings.deliveredPause : answer.pauseSeconds * 1000);
    } catch (error) {
      if (signal.aborted) break;
      if (failures === 0) log("warn", `the aggregator can't be asked, the result is kept for the next one: ${renderFailure(error)}`);
      wait = backOff(timings.pollBackOff, failures++);
    }
  }
  return "over";
}
