import { setTimeout as sleep } from "node:timers/promises";
import { isKnownError } from "../../core/contract/known-error.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { annotations } from "../../core/contract/names.ts";
import { errorText } from "../error-text.ts";
import type { Acquisition } from "./acquire-lease.ts";
import { acquireLease } from "./acquire-lease.ts";
import { buildLease, parseLease } from "./lease-object.ts";

/** The right to be the run's only aggregator, and what one leaves to the next (design D5). */
export type Lease = {
  /** When the run began, whichever aggregator began it. */
  readonly startedAt: Date;
  /** Whether an aggregator has held it before, in this pod or another. */
  readonly isInherited: boolean;
  /** What those before had written on it. */
  readonly inheritance: Readonly<Record<string, string>>;
  /** Aborts when it could not be renewed in time; its reason says why. Somebody else may hold it then. */
  readonly lost: AbortSignal;
  /** Writes annotations; resolves when the API server has them, rejects once the lease is lost or released. */
  annotate(changes: Readonly<Record<string, string>>): Promise<void>;
  /** Lets another have it at once. Never throws. */
  release(): Promise<void>;
};

/** Milliseconds: `deadline` after the last renewal it is given up, well before another may take it. */
export type LeaseTiming = { readonly renew: number; readonly retry: number; readonly patience: number; readonly deadline: number };
const defaultTiming: LeaseTiming = { renew: 4000, retry: 1000, patience: 3000, deadline: 10_000 };

/** Acquires the Lease, which may take as long as another holds it and `acquiring` lets it, and keeps it until it is released or the signal aborts. */
export async function holdLease(input: Acquisition & { readonly acquiring: AbortSignal }, timing = defaultTiming): Promise<Lease> {
  const { cluster, ref, holder, log, signal } = input;
  const acquired = await acquireLease({ ...input, signal: input.acquiring });
  const lost = new AbortController();
  const released = new AbortController();
  const over = AbortSignal.any([signal, lost.signal, released.signal]);
  let lease: KubernetesObject = acquired.lease;
  let last: Promise<void> = Promise.resolve();
  const lose = (why: string): void => lost.abort(new Error(why));
  const startDeadline = (asked: number): NodeJS.Timeout =>
    setTimeout(() => lose("The run's lease could not be renewed in time."), Math.max(0, asked + timing.deadline - performance.now()));
  let deadline = startDeadline(acquired.asked);
  over.addEventListener("abort", () => clearTimeout(deadline), { once: true });

  const writeOnce = async (changes: Readonly<Record<string, string>>, writer: string | undefined, limit: AbortSignal): Promise<void> => {
    const asked = performance.now();
    try {
      lease = await cluster.replace(buildLease(lease, { holder: writer, now: new Date(), annotations: changes }), limit);
    } catch (error) {
      if (!isKnownError(error) || error.code !== "conflict") throw error;
      // Written by someone, perhaps by a request of ours whose answer was lost.
      lease = await cluster.get(ref, limit);
      if (parseLease(lease).holder !== holder) return lose(`The run's lease is held by ${parseLease(lease).holder ?? "nobody"}.`);
      return writeOnce(changes, writer, limit);
    }
    clearTimeout(deadline);
    if (!over.aborted) deadline = startDeadline(asked);
  };
  /** One after the other, because each builds on the answer to the one before. */
  const write = (changes: Readonly<Record<string, string>>): Promise<void> => {
    last = last
      .catch(() => undefined)
      .then(async () => {
        over.throwIfAborted();
        await writeOnce(changes, holder, AbortSignal.any([over, AbortSignal.timeout(timing.patience)]));
        over.throwIfAborted();
      });
    return last;
  };
  const renew = async (): Promise<void> => {
    for (let pause = timing.renew; !over.aborted;) {
      await sleep(pause, undefined, { signal: over }).catch(() => undefined);
      if (over.aborted) return;
      pause = await write({}).then(
        () => timing.renew,
        () => timing.retry,
      );
    }
  };
  void renew();

  return {
    startedAt: new Date(parseLease(lease).annotations[annotations.runStarted] ?? Date.now()),
    isInherited: parseLease(acquired.before).annotations[annotations.runStarted] !== undefined,
    inheritance: parseLease(acquired.before).annotations,
    lost: lost.signal,
    async annotate(changes) {
      for (;;)
        try {
          return await write(changes);
        } catch (error) {
          over.throwIfAborted();
          log.warn("not noted for the next aggregator, tried again", { error: errorText(error) });
          await sleep(timing.retry, undefined, { signal: over });
        }
    },
    async release() {
      released.abort(new Error("The run's lease was released."));
      await last.catch(() => undefined);
      if (lost.signal.aborted) return;
      await writeOnce({}, undefined, AbortSignal.timeout(timing.patience)).catch((error: unknown) =>
        log.warn("lease not released", { error: errorText(error) }),
      );
    },
  };
}
