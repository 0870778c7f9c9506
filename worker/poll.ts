import type { PollAnswer, PollRequest } from "../core/contract/worker-wire.ts";
import { pollAnswerSchema, pollHoldSeconds, wirePaths } from "../core/contract/worker-wire.ts";
import type { Aggregator } from "./aggregator-connection.ts";
import { backOff, pause, spread } from "./back-off.ts";
import type { Log } from "./log.ts";
import { renderFailure } from "./log.ts";
import type { Timings } from "./timings.ts";

/** Asks the aggregator again and again what to do, and tells it the state, until the signal; never throws and never gives up. */
export async function keepPolling(options: {
  readonly aggregator: Aggregator;
  readonly state: () => PollRequest["state"];
  readonly onInstruction: (instruction: PollAnswer["instruction"]) => void;
  readonly timings: Timings;
  readonly log: Log;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { aggregator, state, onInstruction, timings, log, signal } = options;
  let failures = 0;
  let lastFailure = "";
  let hold = false;
  while (!signal.aborted) {
    const asked = performance.now();
    // Whatever else there is to say would wait behind a poll that is held in a tunnel.
    const isTunnelled = aggregator.isTunnelled();
    try {
      const answer = await poll({ aggregator, request: { state: state(), hold: hold && !isTunnelled }, signal });
      if (failures > 0) log("info", "the aggregator answers again");
      failures = 0;
      lastFailure = "";
      onInstruction(answer.instruction);
      const least = isTunnelled ? timings.tunnelPause : timings.pollPause;
      const told = answer.pauseSeconds === undefined ? 0 : spread(answer.pauseSeconds * 1000);
      if (hold) await pause(Math.max(told, asked + least - performance.now()), signal);
      hold = true;
    } catch (error) {
      if (signal.aborted) return;
      const failure = renderFailure(error);
      if (failure !== lastFailure) log("warn", `the aggregator can't be asked, it will be tried again: ${failure}`);
      lastFailure = failure;
      await pause(backOff(timings.pollBackOff, failures++), signal);
    }
  }
}

/** One question to the aggregator; throws when there is no valid answer. */
export async function poll(options: {
  readonly aggregator: Aggregator;
  readonly request: PollRequest;
  readonly headers?: { readonly [name: string]: string };
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly connect?: number;
}): Promise<PollAnswer> {
  const { aggregator, request, headers, signal, connect } = options;
  const { status, body } = await aggregator.send({
    method: "POST",
    path: wirePaths.poll,
    headers: { "content-type": "application/json", ...headers },
    body: Buffer.from(JSON.stringify(request)),
    signal,
    idle: (pollHoldSeconds + 15) * 1000,
    ...(connect === undefined ? {} : { connect }),
  });
  if (status !== 200) throw new Error(`it answers ${status}${status === 401 || status === 403 ? ", the token is not accepted" : ""}`);
  const parsed = pollAnswerSchema.safeParse(parseJson(body));
  if (!parsed.success) throw new Error("its answer is none of those that this worker knows");
  return parsed.data;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
