import { setTimeout as sleep } from "node:timers/promises";
import { isKnownError, type KnownError } from "../../core/contract/known-error.ts";

/** Seconds before each try after a first that failed: together longer than a container's third start is delayed. */
export const usualPauses: readonly number[] = [1, 2, 4, 8, 15, 15];

/** Whether an error may be over in a moment: a connection that broke, or an API server's proxy that can't reach the aggregator's pod now. Refusals stay refusals. */
export const isPassing = (error: unknown): error is KnownError => isKnownError(error) && ["cluster-unreachable", "aggregator-failed"].includes(error.code);

/** The first answer of several tries, `onPause` being told of the first that failed; throws the last one's error when the pauses are used up, and at once what will not pass. */
export async function tryAgain<Answer>(
  attempt: () => Promise<Answer>,
  {
    signal,
    pauses = usualPauses,
    onPause,
  }: { readonly signal: AbortSignal; readonly pauses?: readonly number[] | undefined; readonly onPause?: ((error: KnownError) => void) | undefined },
): Promise<Answer> {
  for (const [tries, pause] of pauses.entries())
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (tries === 0) onPause?.(error);
      await sleep(pause * 1000, undefined, { signal });
    }
  return attempt();
}
