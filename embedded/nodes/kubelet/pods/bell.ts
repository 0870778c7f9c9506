/** Wakes one sleeper; a ring while it is awake is heard when it next lies down. */
export type Bell = {
  readonly ring: () => void;
  /** Resolves at the next ring, after so many milliseconds, or when the signal aborts. */
  readonly heard: (milliseconds: number) => Promise<void>;
  /** Resolves when the signal aborts. */
  readonly ended: Promise<void>;
};

export function createBell(signal: AbortSignal): Bell {
  let hasRung = false;
  let awake: (() => void) | undefined;
  const ring = (): void => {
    hasRung = true;
    awake?.();
  };
  return {
    ring,
    async heard(milliseconds) {
      if (!hasRung && !signal.aborted)
        await new Promise<void>((resolve) => {
          const timer = Number.isFinite(milliseconds) ? setTimeout(resolve, Math.min(Math.max(milliseconds, 0), 2 ** 31 - 1)).unref() : undefined;
          awake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      awake = undefined;
      hasRung = false;
    },
    ended: new Promise((resolve) => {
      const end = (): void => {
        ring();
        resolve();
      };
      if (signal.aborted) end();
      else signal.addEventListener("abort", end, { once: true });
    }),
  };
}
