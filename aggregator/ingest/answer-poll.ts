import type { PollAnswer, PollRequest } from "../../core/contract/worker-wire.ts";
import { pollHoldSeconds } from "../../core/contract/worker-wire.ts";
import type { ExpectedResult, ExpectedResults } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";

/** The answer to a worker's poll, held until there is something to say, the hold is over or the signal aborts. */
export async function answerPoll(
  results: ExpectedResults,
  input: { readonly result: ExpectedResult; readonly request: PollRequest; readonly signal: AbortSignal },
): Promise<PollAnswer> {
  const { result, request, signal } = input;
  if (request.state === "uploading" && !isEnded(result) && result.state !== "uploading") results.update(result, { state: "uploading" });
  const isTelling = (): boolean => instruct(result, request.state) !== "wait";
  if (request.hold) await results.until(isTelling, AbortSignal.any([signal, AbortSignal.timeout(pollHoldSeconds * 1000)]), result).catch(() => undefined);
  return { instruction: instruct(result, request.state), time: new Date().toISOString() };
}

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
