import type { PollAnswer, PollRequest, WorkerSettings } from "../core/contract/worker-wire.ts";
import { tarballPaths } from "../core/contract/tarball-layout.ts";
import { createAskRedaction } from "./ask-redaction.ts";
import { connectToAggregator } from "./aggregator-connection.ts";
import { maxTimerMilliseconds, pause } from "./back-off.ts";
import { waitForDone } from "./done-file.ts";
import type { Log } from "./log.ts";
import { listenForTunnels } from "./listen-for-tunnels.ts";
import type { Result } from "./open-result.ts";
import { openResult } from "./open-result.ts";
import { createPackRedacted } from "./pack-redacted.ts";
import { buildPluginHandlers } from "./plugin-handlers.ts";
import { keepPolling, poll } from "./poll.ts";
import { stayDelivered } from "./stay-delivered.ts";
import { startProgressServer } from "./progress-server.ts";
import { planTermination } from "./termination.ts";
import type { Timings } from "./timings.ts";
import { tunnelAddress } from "./tunnel-address.ts";
import { createTunnels } from "./tunnels.ts";
import type { UploadOutcome } from "./upload.ts";
import { upload } from "./upload.ts";

/** What a worker's process is to do at the end: exit with this code, after this line. */
export type Ending = { readonly exitCode: 0 | 1; readonly message: string };

/**
 * A worker's life: it waits for the done file or for the aggregator's word, sends the result, and serves the plugin's progress meanwhile. Once the
 * result is accepted it stays, unless it is to leave, to send it again to an aggregator that comes in place of a lost one. It ends when the aggregator says so, when the
 * result is refused, when the deadline has passed, or soon after `terminated`.
 */
export async function runWorker(options: {
  readonly settings: WorkerSettings;
  readonly timings: Timings;
  readonly log: Log;
  readonly terminated: AbortSignal;
  /** What hides secrets, as a program for Node. */
  readonly redactProgram: string;
}): Promise<Ending> {
  const { settings, timings, log, terminated, redactProgram } = options;
  const tunnels = createTunnels();
  const aggregator = connectToAggregator(settings, timings, tunnels);
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
    else if (state !== "delivered") void ask();
  };
  const ask = async (): Promise<void> => {
    const asked = state;
    // An answer that comes late is about what was: who was still settling is told to leave once the aggregator has the result.
    const heed = ({ instruction }: PollAnswer): void => void (state === asked && onInstruction(instruction));
    await poll({ aggregator, request: { state, hold: false }, signal }).then(heed, ignore);
  };
  const onTerminated = async (): Promise<void> => {
    // Who has delivered asks once more whether it is needed, and then goes.
    if (state === "delivered") return void setTimeout(() => end.abort(), timings.grace);
    const plan = state === "uploading" ? "send-now" : await planTermination(settings.resultsDir);
    log("warn", plan === "leave" ? "terminated: waiting for the plugin's last words" : "terminated: sending what there is");
    setTimeout(() => end.abort(), timings.grace);
    if (plan === "send-now") return collect.abort();
    await pause(timings.lastWords, signal);
    // A plugin may write its results only when it is told to end.
    if (plan === "leave" && (await planTermination(settings.resultsDir)) === "leave")
      return early.resolve({ exitCode: 1, message: "terminated before there was anything to send" });
    collect.abort();
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
    const askRedaction = createAskRedaction({ aggregator, settings, signal });
    const redacting = createPackRedacted({ program: redactProgram, folder: tarballPaths.results(settings.plugin, settings.node), log });
    const onSkipped = (name: string, why: string): void => log("warn", `left out of the result: ${name}: ${why}`);
    const open = async (): Promise<Result> => {
      const redaction = await askRedaction();
      return openResult(settings.resultsDir, done, {
        onSkipped,
        redacted: redaction && ((sent) => redacting.pack(sent, redaction)),
        keepsArchives: redacting.isRefused(),
      });
    };
    for (;;) {
      const outcome = await upload({ aggregator, settings, open, beforeRetry: ask, timings, log, signal });
      if (outcome.kind !== "sent") return renderOutcome(outcome);
      if (settings.leaves === true) return delivered;
      changeState("delivered");
      if ((await stayDelivered({ aggregator, timings, log, signal, terminated })) === "over") return delivered;
      changeState("uploading");
    }
  };

  const deadline = setTimeout(() => end.abort(), Math.min(settings.deadlineSeconds * 1000, maxTimerMilliseconds));
  terminated.addEventListener("abort", () => void onTerminated(), { once: true });
  if (terminated.aborted) await onTerminated();
  const handlers = buildPluginHandlers({ aggregator, settings, timings, state: () => state });
  const closeProgress = await startProgressServer({ port: settings.progressPort, handlers, log });
  const stopListening = listenForTunnels({ address: tunnelAddress(settings), onTunnel: (socket) => tunnels.offer(socket), log });
  const polling = keepPolling({ aggregator, state: () => state, onInstruction, timings, log, signal: AbortSignal.any([signal, uploading.signal]) });
  try {
    return await Promise.race([early.promise, sendResult()]);
  } finally {
    end.abort();
    clearTimeout(deadline);
    closeProgress();
    stopListening();
    tunnels.close();
    await polling;
    aggregator.close();
  }
}

const ignore = (): void => undefined;

const delivered: Ending = { exitCode: 0, message: "the result is with the aggregator" };

function renderOutcome(outcome: Exclude<UploadOutcome, { readonly kind: "sent" }>): Ending {
  if (outcome.kind === "refused") return { exitCode: 1, message: `the result was refused: ${outcome.why}` };
  return { exitCode: 1, message: `the result could not be sent in time: ${outcome.why}` };
}
