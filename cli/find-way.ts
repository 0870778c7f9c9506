import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { Cluster, FetchAnswer } from "../core/cluster/cluster.ts";
import { isKnownError, KnownError } from "../core/contract/known-error.ts";
import { ways } from "./aggregator-ways.ts";

/** Requests to the aggregator by the way that works. */
export type WayFinder = {
  /** The aggregator's answer by the first way that brings one, and from then on by that; where none does, what became of the first. */
  request(path: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<FetchAnswer>;
  /** The way in use has brought nothing: the next request begins with another. */
  leaveWay(): void;
};

type Target = { readonly namespace: string; readonly headers: Readonly<Record<string, string>>; readonly findPod: (signal: AbortSignal) => Promise<string> };

export function createWayFinder(cluster: Cluster, { namespace, headers: own, findPod }: Target): WayFinder {
  let used = 0;

  return {
    async request(path, headers, signal) {
      const pod = await findPod(signal);
      const failures: (FetchAnswer | KnownError)[] = [];
      let wasSilent = false;
      // Who was silent is waited for where no other way is left.
      for (let tries = 0; tries < ways.length + (wasSilent ? 1 : 0); tries++) {
        const way = ways[used];
        if (way === undefined) break;
        const ask = (during: AbortSignal): Promise<FetchAnswer> =>
          way.fetch(cluster, { namespace, pod, path, headers: { ...own, ...headers }, signal: during });
        const answer = await (tries < ways.length ? askPatiently(ask, signal) : ask(signal)).catch((error: unknown) => {
          // An API server that the first way does not reach is reached by none.
          if (!isKnownError(error) || used === 0 || signal.aborted) throw error;
          return error;
        });
        if (answer === undefined) {
          wasSilent = true;
          failures.push(new KnownError("aggregator-failed", `The aggregator has not answered by ${way.name} within ${patienceMilliseconds / 1000} s.`));
          used = (used + 1) % ways.length;
          continue;
        }
        if (!isKnownError(answer) && !refusals.has(answer.status)) return answer;
        const failure = isKnownError(answer) ? answer : await keepAnswer(answer);
        // People know the proxy's words, and who gives rights knows its name.
        if (used === 0) failures.unshift(failure);
        else failures.push(failure);
        used = (used + 1) % ways.length;
      }
      const [failure = new Error("there is no way at all")] = failures;
      if (failure instanceof Error) throw failure;
      return failure;
    },
    leaveWay() {
      used = (used + 1) % ways.length;
    },
  };
}

/** A proxy that nothing of the pod network reaches says so only after half a minute. */
const patienceMilliseconds = 10_000;

/** What is answered, if only its head, before patience ends; undefined where nothing is. */
async function askPatiently(ask: (signal: AbortSignal) => Promise<FetchAnswer>, signal: AbortSignal): Promise<FetchAnswer | undefined> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), patienceMilliseconds);
  try {
    return await ask(AbortSignal.any([signal, patience.signal]));
  } catch (error) {
    if (patience.signal.aborted && !signal.aborted) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Answers of an API server, its proxy or a proxy on the way to it, which the aggregator does not give to people. */
const refusals: ReadonlySet<number> = new Set([403, 405, 413, 500, 501, 502, 503, 504]);

/** An answer that can be read later, when its connection may be gone. */
async function keepAnswer(answer: FetchAnswer): Promise<FetchAnswer> {
  const said = (await text(answer.body).catch(() => "")).slice(0, 4000);
  return { ...answer, body: Readable.from([Buffer.from(said)]) };
}
