import { clusterFailure } from "../../core/cluster/failure.ts";
import { containerNames } from "../../core/contract/names.ts";
import { errorText } from "../error-text.ts";
import type { Log } from "../log.ts";
import type { ExpectedResult, ExpectedResults } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";
import type { Supervisor } from "../watch/supervise.ts";
import type { Contacts } from "./contacts.ts";
import type { TunnelEnd } from "./open-tunnel.ts";

type Deps = {
  readonly results: ExpectedResults;
  readonly podOf: Supervisor["podOf"];
  readonly contacts: Contacts;
  /** Resolves when a tunnel to a container has ended, rejects when there can be none. */
  readonly openTunnel: (to: TunnelEnd, signal: AbortSignal) => Promise<void>;
  /** Told when it has changed whether a result's worker can be reached at all. */
  readonly look: Supervisor["look"];
  readonly timings: ReachTimings;
  readonly log: Log;
  readonly signal: AbortSignal;
};

/** All in milliseconds. */
export type ReachTimings = {
  readonly look: number;
  /** A worker polls at once, and then holds a poll or pauses for less. */
  readonly silence: number;
  /** The same of one that was last heard by exec: the worker after the container that has fetched its plugin's inputs. */
  readonly silenceByExec: number;
  /** Before this nobody counts as silent: those that have delivered to an earlier aggregator pause for up to 40 s. */
  readonly acquaintance: number;
  /** A tunnel that brings nothing makes room for another after so long. */
  readonly turn: number;
  readonly longestPause: number;
};

/** Each costs this process two connections, and its pod a small one. */
const tunnelsAtOnce = 50;

type Tried = { running: number; failures: number; nextAt: number; open: AbortController | undefined; isKnown: boolean; failedAt: number };

/**
 * Where the pod network does not carry a worker's connections, though its container runs, makes the worker a way through the API server, again after
 * each break, until its result is here (design D4); where there is none either, says why in `unreached`. Never throws; ends with the signal.
 */
export function keepTunnels(deps: Deps): void {
  const { results, podOf, contacts, timings, signal } = deps;
  const begun = performance.now();
  const tries = new Map<ExpectedResult, Tried>();

  const look = (): void => {
    const now = performance.now();
    const waiting: [ExpectedResult, TunnelEnd, Tried][] = [];
    for (const result of results.all()) {
      // Who has delivered closes its connection itself, once it has read the answer.
      const to = result.upload === undefined ? findEnd(result, podOf) : undefined;
      if (to === undefined) {
        tries.delete(result);
        say(deps, result, undefined);
        continue;
      }
      const tried = tries.get(result) ?? { running: now, failures: 0, nextAt: 0, open: undefined, isKnown: false, failedAt: 0 };
      tries.set(result, tried);
      const heardAt = contacts.last(result, "network");
      const heardByExecAt = contacts.last(result, "exec");
      if (Math.max(heardAt, heardByExecAt) > tried.failedAt) say(deps, result, undefined);
      const silent = now - Math.max(heardAt, tried.running, begun + timings.acquaintance);
      const borne = heardByExecAt > heardAt ? timings.silenceByExec : timings.silence;
      if (tried.open === undefined && now >= tried.nextAt && silent >= borne) waiting.push([result, to, tried]);
    }
    const open = [...tries.values()].filter((tried) => tried.open !== undefined).length;
    // Who has waited longest since its last turn comes first.
    const next = waiting.toSorted(([, , one], [, , other]) => one.nextAt - other.nextAt).slice(0, tunnelsAtOnce - open);
    for (const [result, to, tried] of next) void reach({ ...deps, result, to, tried, isCrowded: () => waiting.length > next.length });
  };
  const timer = setInterval(look, timings.look);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

type Reaching = Deps & { readonly result: ExpectedResult; readonly to: TunnelEnd; readonly tried: Tried; readonly isCrowded: () => boolean };

async function reach(reaching: Reaching): Promise<void> {
  const { openTunnel, result, to, tried, timings, log, signal } = reaching;
  const end = new AbortController();
  tried.open = end;
  const { plugin, node } = result;
  if (!tried.isKnown) log.warn("worker not heard: trying by exec", { plugin, node, ...to });
  tried.isKnown = true;
  const turn = setInterval(() => isIdle(reaching) && end.abort(), timings.turn);
  const began = performance.now();
  try {
    await openTunnel(to, AbortSignal.any([signal, end.signal]));
    // One that broke after it has brought something is made again at once.
    tried.failures = performance.now() - began > timings.look ? 0 : tried.failures + 1;
  } catch (error) {
    if (!end.signal.aborted && !signal.aborted) {
      tried.failures++;
      tried.failedAt = performance.now();
      // What the server says names who was refused.
      const why = clusterFailure(error)?.message ?? errorText(error);
      log.warn("worker not reached by exec", { plugin, node, ...to, error: why });
      say(reaching, result, why);
    }
  }
  clearInterval(turn);
  tried.open = undefined;
  tried.nextAt = performance.now() + Math.min(timings.longestPause, tried.failures === 0 ? 0 : timings.look * 2 ** tried.failures);
}

/** Whether a tunnel stands in the way of others while it brings nothing: no result, and no inputs. */
const isIdle = ({ result, contacts, isCrowded }: Reaching): boolean => isCrowded() && result.state !== "uploading" && !contacts.isHeard(result, "exec");

function say({ results, look }: Deps, result: ExpectedResult, unreached: string | undefined): void {
  if (result.unreached === unreached || (unreached !== undefined && isEnded(result))) return;
  results.update(result, { unreached });
  look(result);
}

/** Our container in the result's pod that runs: the worker, or what fetches inputs before it. */
function findEnd(result: ExpectedResult, podOf: Deps["podOf"]): TunnelEnd | undefined {
  const pod = podOf(result);
  if (pod === undefined || pod.gone) return undefined;
  const { name, initContainers, containers } = pod.view;
  const ours = [
    ...initContainers.filter((container) => container.name === containerNames.inputs),
    ...containers.filter((container) => container.name === containerNames.worker),
  ];
  const running = ours.find(({ state }) => state === "running");
  return running && { pod: name, container: running.name };
}

export const usualReachTimings: ReachTimings = { look: 1000, silence: 30_000, silenceByExec: 5000, acquaintance: 0, turn: 60_000, longestPause: 60_000 };
