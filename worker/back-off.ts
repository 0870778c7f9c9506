import { setTimeout as sleep } from "node:timers/promises";

/** Bounds of a growing pause, in milliseconds. */
export type BackOff = { readonly baseMilliseconds: number; readonly maxMilliseconds: number };

/** The pause before the next try, in milliseconds: exponential with full jitter, so that thousands of workers do not return at once. */
export function backOff(bounds: BackOff, failures: number, random: () => number = Math.random): number {
  return random() * Math.min(bounds.maxMilliseconds, bounds.baseMilliseconds * 2 ** Math.min(failures, 30));
}

/** Three quarters of it to five quarters, so that those who were told the same at once don't ask at once. */
export const spread = (milliseconds: number): number => milliseconds * (0.75 + Math.random() / 2);

/** Waits for so many milliseconds, or less when the signal comes; never throws. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.min(milliseconds, maxTimerMilliseconds), undefined, { signal }).catch(() => undefined);
}

/** The longest time that a timer of Node's can wait; a longer one would end at once. */
export const maxTimerMilliseconds = 2 ** 31 - 1;
