import type { PollRequest, WorkerSettings } from "../core/contract/worker-wire.ts";
import { connectToAggregator } from "./aggregator-connection.ts";
import { maxTimerMilliseconds } from "./back-off.ts";
import { waitForDone } from "./done-file.ts";
import type { Log } from "./log.ts";
import { openResult } from "./open-result.ts";
import { buildPluginHandlers } from "./plugin-handlers.ts";
import { keepPolling, poll } from "./poll.ts";
import { startProgressServer } from "./progress-server.ts";
import { planTermination } from "./termination.ts";
import type { Timings } from "./timings.ts";
import type { UploadOutcome } from "./upload.ts";
import { upload } from "./upload.ts";

/** What a worker's process is to do at the end: exit with this code, after this line. */
export type Ending = { readonly exitCode: 0 | 1; readonly message: string };

/**
 * A worker's life: it waits for the done file or for the aggregator's word, sends the result, and serves the plugin's progress meanwhile. It ends
 * when the result is accepted or refused, when it is not wanted any more, when the deadline has passed, or soon after `terminated`.
 */
export async function runWorker(options: {
  readonly settings: WorkerSettings;
  readonly timings: Timings;
  readonly log: Log;
  readonly terminated: AbortSignal;
}): Promise<Ending> {
  const { settings, timings, log, terminated } = options;
  const aggregator = connectToAggregator(settings, timings);
  const collect = new AbortController();
  const end = new AbortController();
  // While an upload is under way no poll is held open beside it: that would be one more connection for each of a thousand workers.
  const uploading = new AbortController();
  const { signal } = end;
  const early = Promise.withResolvers<Ending>();
  let state: PollRequest["state"] = "waiting";

  const onInstruction = (instruction: "wait" | "collect" | "leave"): void => {
    if (instruction === "collect") collect.abort();
    if (instruction === "leave") early.resolve({ exitCode: 0, message: "the result is not wanted any more" });
  };
  const changeState = (changed: PollRequest["state"]): void => {
    if (changed === state) return;
    state = changed;
    log("info", state);
    if (state === "uploading") uploading.abort();
    // The poll that is held open has told the former state.
    else void ask();
  };
  const ask = async (): Promise<void> => {
    await poll({ aggregator, request: { state, hold: false }, signal }).then(({ instruction }) => onInstruction(instruction), ignore);
  };
  const onTerminated = async (): Promise<void> => {
    const plan = state === "uploading" ? "send-now" : await planTermination(settings.resultsDir);
    if (plan === "leave") return early.resolve({ exitCode: 1, message: "terminated before there was anything to send" });
    log("warn", "terminated: sending what there is");
    setTimeout(() => end.abort(), timings.grace);
    setTimeout(() => collect.abort(), plan === "send-now" ? 0 : timings.lastWords);
  };
  const sendResult = async (): Promise<Ending> => {
    const done = await waitForDone({
      resultsDir: settings.resultsDir,
      settleMilliseconds: settings.settleSeconds * 1000,
      recheckMilliseconds: timings.recheck,
      collect: collect.signal,
      signal,
      onState: changeState,
    });
    if (signal.aborted) return { exitCode: 1, message: "time was up before there was a result" };
    changeState("uploading");
    const open = () => openResult(settings.resultsDir, done, (name, why) => log("warn", `left out of the result: ${name}: ${why}`));
    return renderOutcome(await upload({ aggregator, settings, open, beforeRetry: ask, timings, log, signal }));
  };

  const deadline = setTimeout(() => end.abort(), Math.min(settings.deadlineSeconds * 1000, maxTimerMilliseconds));
  terminated.addEventListener("abort", () => void onTerminated(), { once: true });
  if (terminated.aborted) await onTerminated();
  const handlers = buildPluginHandlers({ aggregator, settings, timings, state: () => state });
  const closeProgress = await startProgressServer({ port: settings.progressPort, handlers, log });
  const polling = keepPolling({ aggregator, state: () => state, onInstruction, timings, log, signal: AbortSignal.any([signal, uploading.signal]) });
  try {
    return await Promise.race([early.promise, sendResult()]);
  } finally {
    end.abort();
    clearTimeout(deadline);
    closeProgress();
    await polling;
    aggregator.close();
  }
}

const ignore = (): void => undefined;

function renderOutcome(outcome: UploadOutcome): Ending {
  if (outcome.kind === "sent") return { exitCode: 0, message: "the result is with the aggregator" };
  if (outcome.kind === "refused") return { exitCode: 1, message: `the result was refused: ${outcome.why}` };
  return { exitCode: 1, message: `the result could not be sent in time: ${outcome.why}` };
}
