/** Where all of the embedded cluster takes its time from, so that a test can move it. */
export type Clock = {
  now(): Date;
  /** Calls back at once after each move by hand, so that who waits for a moment looks again; clocks that only run don't have it. */
  onMove?(listener: () => void, signal: AbortSignal): void;
};

/** The machine's clock, which can be put forward or back by so many milliseconds. */
export function createMovableClock(): Clock & { move(milliseconds: number): void } {
  let offset = 0;
  const listeners = new Set<() => void>();
  return {
    now: () => new Date(Date.now() + offset),
    move(milliseconds) {
      offset += milliseconds;
      for (const listener of listeners) listener();
    },
    onMove(listener, signal) {
      if (signal.aborted) return;
      listeners.add(listener);
      signal.addEventListener("abort", () => listeners.delete(listener), { once: true });
    },
  };
}
