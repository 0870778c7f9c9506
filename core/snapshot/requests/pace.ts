import { setTimeout as sleep } from "node:timers/promises";

/** Lets requests begin at `perSecond` on average, two seconds' worth of them at once; returns how many milliseconds one had to wait. */
export function createPace(perSecond: number): (signal: AbortSignal) => Promise<number> {
  const step = 1000 / perSecond;
  const allowance = 2000 - step;
  let next = -Infinity;
  return async (signal) => {
    signal.throwIfAborted();
    const now = performance.now();
    next = Math.max(next, now - allowance) + step;
    const wait = next - now - step;
    if (wait < 1) return 0;
    await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
    return wait;
  };
}
