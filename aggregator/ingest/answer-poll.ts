import type { PollAnswer, PollRequest } from "../../core/contract/worker-wire.ts";
import { pollHoldSeconds } from "../../core/contract/worker-wire.ts";
import type { ExpectedResult, ExpectedResults } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";
import type { DeliveredPause } from "./delivered-pause.ts";
import type { HeldPolls } from "./held-polls.ts";

/**
 * The answer to a worker's poll, held until there is something to say, the hold is over or the signal aborts; where there is no room to hold it, the
 * answer is given at once and asks for a pause.
 */
export async function answerPoll({ results, deliveredPause, heldPolls }: PollDeps, { result, request, signal }: Poll): Promise<PollAnswer> {
  if (request.state === "uploading" && !isEnded(result) && result.state !== "uploading") results.update(result, { state: "uploading" });
  const isTelling = (): boolean => instruct(result, request.state) !== "wait";
  const wait = async (): Promise<void> => {
    const over = AbortSignal.any([signal, AbortSignal.timeout(pollHoldSeconds * 1000)]);
    await results.until(isTelling, over, result).catch(() => undefined);
  };
  const isHeard = !request.hold || isTelling() || (await heldPolls.hold(wait));
  const pauseSeconds = request.state === "delivered" ? deliveredPause() : isHeard ? undefined : crowdedPauseSeconds;
  return { instruction: instruct(result, request.state), time: new Date().toISOString(), ...(pauseSeconds !== undefined && { pauseSeconds }) };
}

export type PollDeps = { readonly results: ExpectedResults; readonly deliveredPause: DeliveredPause; readonly heldPolls: HeldPolls };
type Poll = { readonly result: ExpectedResult; readonly request: PollRequest; readonly signal: AbortSignal };

/** With the quarter by which workers spread it, it is well within the silence after which they are looked for by exec (reach/keep-tunnels.ts). */
const crowdedPauseSeconds = 16;

/** A worker whose result was given up stays: what it still brings replaces the loss, until the run is sealed and its pod removed. */
function instruct(result: ExpectedResult, state: PollRequest["state"]): PollAnswer["instruction"] {
  // It was another aggregator that had taken the result.
  if (state === "delivered") return result.upload ? "wait" : "collect";
  // The answer to its upload was lost: it is told by the next try, and stays like those that have delivered.
  if (state === "uploading") return "wait";
  if (result.upload) return "leave";
  if (result.collect) return "collect";
  return "wait";
}
