import type { PollRequest, WorkerSettings } from "../core/contract/worker-wire.ts";
import { wirePaths } from "../core/contract/worker-wire.ts";
import type { Aggregator } from "./aggregator-connection.ts";
import { measureClock } from "./measure-clock.ts";
import type { ProgressHandlers } from "./progress-server.ts";
import type { Timings } from "./timings.ts";

/** What the worker does for its plugin over loopback; every answer or failure comes within `timings.relay`. */
export function buildPluginHandlers(options: {
  readonly aggregator: Aggregator;
  readonly settings: WorkerSettings;
  readonly timings: Timings;
  readonly state: () => PollRequest["state"];
}): ProgressHandlers {
  const { aggregator, settings, timings, state } = options;
  // Every address gets its share of the time.
  const connect = timings.relay / settings.aggregatorUrls.length;
  return {
    relay: (body) =>
      aggregator.send({
        method: "POST",
        path: wirePaths.progress(settings.plugin, settings.node),
        headers: { "content-type": "application/json" },
        body,
        signal: AbortSignal.timeout(timings.relay),
        connect,
      }),
    clock: () => measureClock({ aggregator, state: state(), signal: AbortSignal.timeout(timings.relay), connect }),
  };
}
