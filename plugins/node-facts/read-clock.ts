import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../../core/contract/worker-wire.ts";
import { clockSchema } from "../../core/contract/worker-wire.ts";
import { NotReadable } from "./fact-group.ts";

/** The worker's answer on the aggregator's clock; asks again until it has one, for ten seconds. Throws NotReadable. */
export async function readClock(port: string | undefined, signal: AbortSignal): Promise<Clock> {
  if (port === undefined) throw new NotReadable("no worker is beside this program (SONOBUOY_PROGRESS_PORT is not set)");
  const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMilliseconds)]);
  let problem = "no answer";
  while (!limit.aborted) {
    try {
      return await askOnce(`http://localhost:${port}/clock`, limit);
    } catch (error) {
      // What ends the wait says less than the last answer before it.
      if (!limit.aborted) problem = describe(error);
    }
    await wait(pauseMilliseconds, undefined, { signal: limit }).catch(() => undefined);
  }
  throw new NotReadable(`the aggregator's clock is not known: ${problem}`);
}

const patienceMilliseconds = 10_000;
const pauseMilliseconds = 200;

async function askOnce(url: string, signal: AbortSignal): Promise<Clock> {
  const response = await fetch(url, { signal });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`the worker answered ${response.status}`);
  }
  const answer = clockSchema.safeParse(await response.json());
  if (!answer.success) throw new Error("the worker's answer is no clock");
  return answer.data;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== "" ? error.cause.message : error.message;
}
