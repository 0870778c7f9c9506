import { containerNames } from "../../core/contract/names.ts";
import { errorText } from "../error-text.ts";
import type { Log } from "../log.ts";
import type { ExpectedResult, ExpectedResults } from "../state/expected-results.ts";
import type { Supervisor } from "../watch/supervise.ts";
import type { Contacts } from "./contacts.ts";

type Deps = {
  readonly results: ExpectedResults;
  readonly podOf: Supervisor["podOf"];
  readonly contacts: Contacts;
  /** Resolves when a tunnel to a pod has ended, rejects when there can be none. */
  readonly openTunnel: (pod: string, signal: AbortSignal) => Promise<void>;
  readonly timings: ReachTimings;
  readonly log: Log;
  readonly signal: AbortSignal;
};

/** All in milliseconds. */
export type ReachTimings = {
  readonly look: number;
  /** A worker polls at once, and then holds a poll or pauses for less. */
  readonly silence: number;
  /** Before this nobody counts as silent: those that have delivered to an earlier aggregator pause for up to 40 s. */
  readonly acquaintance: number;
  /** A tunnel that brings nothing makes room for another after so long. */
  readonly turn: number;
  readonly longestPause: number;
};

/** Each costs this process two connections, and its pod a small one. */
const tunnelsAtOnce = 50;

type Tried = { running: number; failures: number; nextAt: number; open: AbortController | undefined; isKnown: boolean };

/**
 * Where the pod network does not carry a worker's connections, though its container runs, makes the worker a way through the API server, again after
 * each break, until its result is here (design D4). Never throws; ends with the signal.
 */
export function keepTunnels(deps: Deps): void {
  const { results, podOf, contacts, timings, signal } = deps;
  const begun = performance.now();
  const tries = new Map<ExpectedResult, Tried>();

  const look = (): void => {
    const now = performance.now();
    const waiting: [ExpectedResult, string, Tried][] = [];
    for (const result of results.all()) {
      // Who has delivered closes its connection itself, once it has read the answer.
      const pod = result.upload === undefined ? runningPod(result, podOf) : undefined;
      if (pod === undefined) {
        tries.delete(result);
        continue;
      }
      const tried = tries.get(result) ?? { running: now, failures: 0, nextAt: 0, open: undefined, isKnown: false };
      tries.set(result, tried);
      if (
        tried.open === undefined &&
        now >= tried.nextAt &&
        now - contacts.lastHeard(result, Math.max(tried.running, begun + timings.acquaintance)) >= timings.silence
      )
        waiting.push([result, pod, tried]);
    }
    const open = [...tries.values()].filter((tried) => tried.open !== undefined).length;
    // Who has waited longest since its last turn comes first.
    const next = waiting.toSorted(([, , one], [, , other]) => one.nextAt - other.nextAt).slice(0, tunnelsAtOnce - open);
    for (const [result, pod, tried] of next) void reach({ ...deps, result, pod, tried, isCrowded: () => waiting.length > next.length });
  };
  const timer = setInterval(look, timings.look);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

type Reaching = Deps & { readonly result: ExpectedResult; readonly pod: string; readonly tried: Tried; readonly isCrowded: () => boolean };

async function reach({ openTunnel, result, pod, tried, isCrowded, timings, log, signal }: Reaching): Promise<void> {
  const end = new AbortController();
  tried.open = end;
  const { plugin, node } = result;
  if (!tried.isKnown) log.warn("worker not heard: trying by exec", { plugin, node, pod });
  tried.isKnown = true;
  const turn = setInterval(() => isCrowded() && result.state !== "uploading" && end.abort(), timings.turn);
  const began = performance.now();
  try {
    await openTunnel(pod, AbortSignal.any([signal, end.signal]));
    // One that broke after it has brought something is made again at once.
    tried.failures = performance.now() - began > timings.look ? 0 : tried.failures + 1;
  } catch (error) {
    if (!end.signal.aborted && !signal.aborted) {
      tried.failures++;
      log.warn("worker not reached by exec", { plugin, node, pod, error: errorText(error) });
    }
  }
  clearInterval(turn);
  tried.open = undefined;
  tried.nextAt = performance.now() + Math.min(timings.longestPause, tried.failures === 0 ? 0 : timings.look * 2 ** tried.failures);
}

/** The name of the result's pod if its worker runs. */
function runningPod(result: ExpectedResult, podOf: Deps["podOf"]): string | undefined {
  const pod = podOf(result);
  if (pod === undefined || pod.gone) return undefined;
  const isRunning = pod.view.containers.some(({ name, state }) => name === containerNames.worker && state === "running");
  return isRunning ? pod.view.name : undefined;
}

export const usualReachTimings: ReachTimings = { look: 1000, silence: 30_000, acquaintance: 0, turn: 60_000, longestPause: 60_000 };
