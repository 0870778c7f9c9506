import type { BackOff } from "./back-off.ts";

/** The worker's own waits, in milliseconds; what depends on the run is in its settings. */
export type Timings = {
  /** How often the done file is looked for where the file system gives no notice. */
  readonly recheck: number;
  readonly pollBackOff: BackOff;
  /** Least time between two polls that were answered. */
  readonly pollPause: number;
  /** The same where the aggregator has made the connection, which holds no polls. */
  readonly tunnelPause: number;
  /** Between two polls of a worker that has delivered, where the aggregator does not say. */
  readonly deliveredPause: number;
  readonly uploadBackOff: BackOff;
  /** A socket without progress for so long counts as broken. */
  readonly idle: number;
  readonly connect: number;
  /** How long a body is held back for the aggregator's consent (100 Continue). */
  readonly consent: number;
  /** A plugin's request for progress or clock is answered within this time. */
  readonly relay: number;
  /** From SIGTERM until the worker must be gone; Kubernetes gives 30 s. */
  readonly grace: number;
  /** After SIGTERM, how long a plugin that got it too may take to write its done file. */
  readonly lastWords: number;
};

export const defaultTimings: Timings = {
  recheck: 1000,
  pollBackOff: { baseMilliseconds: 500, maxMilliseconds: 10_000 },
  pollPause: 1000,
  tunnelPause: 2000,
  deliveredPause: 5000,
  uploadBackOff: { baseMilliseconds: 500, maxMilliseconds: 30_000 },
  idle: 60_000,
  connect: 10_000,
  consent: 30_000,
  relay: 4500,
  grace: 25_000,
  lastWords: 3000,
};
