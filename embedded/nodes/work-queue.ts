import type { Clock } from "../clock.ts";
import { StatusError } from "../api/status-error.ts";
import { toError } from "../to-error.ts";

/** Things that a controller has to look at again, by key; a key that is named twice before its turn is looked at once. */
export type WorkQueue = {
  add(key: string): void;
  /** Not before this moment of the cluster's clock; of several moments the earliest counts. */
  addAt(key: string, time: Date): void;
};

/**
 * Calls `work` for each key in turn, never within the change that named it: watchers then see all changes in one order.
 * Work that throws is tried again after a while that doubles from 0.2 to 60 seconds.
 */
export function createWorkQueue({
  clock,
  signal,
  work,
}: {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly work: (key: string) => void;
}): WorkQueue {
  const ready = new Set<string>();
  const due = new Map<string, number>();
  const failures = new Map<string, number>();
  let isTurnPlanned = false;
  let timer: NodeJS.Timeout | undefined;

  const planTurn = (): void => {
    if (isTurnPlanned || signal.aborted) return;
    isTurnPlanned = true;
    setImmediate(takeTurn);
  };
  const takeTurn = (): void => {
    isTurnPlanned = false;
    const keys = [...ready];
    ready.clear();
    for (const key of keys) if (!signal.aborted) attempt(key);
  };
  const attempt = (key: string): void => {
    try {
      work(key);
      failures.delete(key);
    } catch (error) {
      // A refusal may pass; anything else is a bug, which must not end the whole cluster but be seen.
      if (!(error instanceof StatusError)) process.emitWarning(toError(error));
      const failed = failures.get(key) ?? 0;
      failures.set(key, failed + 1);
      queue.addAt(key, new Date(clock.now().getTime() + Math.min(200 * 2 ** failed, 60_000)));
    }
  };
  const lookAtClock = (): void => {
    clearTimeout(timer);
    if (signal.aborted) return;
    const now = clock.now().getTime();
    for (const [key, time] of due) {
      if (time > now) continue;
      due.delete(key);
      queue.add(key);
    }
    if (due.size === 0) return;
    timer = setTimeout(lookAtClock, Math.min(Math.max(Math.min(...due.values()) - now, 1), 2 ** 31 - 1));
    timer.unref();
  };
  const queue: WorkQueue = {
    add(key) {
      ready.add(key);
      planTurn();
    },
    addAt(key, time) {
      const earlier = due.get(key);
      if (earlier !== undefined && earlier <= time.getTime()) return;
      due.set(key, time.getTime());
      lookAtClock();
    },
  };
  clock.onMove?.(lookAtClock, signal);
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return queue;
}
