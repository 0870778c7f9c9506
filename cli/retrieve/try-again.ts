import { setTimeout as sleep } from "node:timers/promises";
import { isKnownError, type KnownError } from "../../core/contract/known-error.ts";

/** Seconds before each try after a first that failed. */
export const usualPauses: readonly number[] = [1, 2, 4, 8];

/** Whether an error may be over in a moment: a connection that broke, or an API server's proxy that can't reach the aggregator's pod now. Refusals stay refusals. */
export const isPassing = (error: unknown): error is KnownError => isKnownError(error) && ["cluster-unreachable", "aggregator-failed"].includes(error.code);

/** The first answer of several tries; throws the last one's error when the pauses are used up, and at once what will not pass. */
export async function tryAgain<Answer>(
  attempt: () => Promise<Answer>,
  { signal, pauses = usualPauses }: { readonly signal: AbortSignal; readonly pauses?: readonly number[] | undefined },
): Promise<Answer> {
  for (const pause of pauses)
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await sleep(pause * 1000, undefined, { signal });
    }
  return attempt();
}
