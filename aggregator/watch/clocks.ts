import type { ExpectedResult } from "../state/expected-results.ts";

/** Since when a result's problem lasts, and when it is to be looked at again. */
export type Clocks = {
  /** Milliseconds since the problem with this code was seen first; another code starts anew. */
  age(result: ExpectedResult, code: string): number;
  /** Looks again after so long; a later call replaces an earlier one. */
  wake(result: ExpectedResult, milliseconds: number): void;
  clear(result: ExpectedResult): void;
  stop(): void;
};

/** One clock a result with a problem; `onWake` is called when its time has come. */
export function createClocks(onWake: (result: ExpectedResult) => void): Clocks {
  const clocks = new Map<ExpectedResult, { readonly code: string; readonly since: number; timer?: NodeJS.Timeout }>();
  const clear = (result: ExpectedResult): void => {
    clearTimeout(clocks.get(result)?.timer);
    clocks.delete(result);
  };
  return {
    age(result, code) {
      const known = clocks.get(result);
      if (known?.code === code) return performance.now() - known.since;
      clear(result);
      clocks.set(result, { code, since: performance.now() });
      return 0;
    },
    wake(result, milliseconds) {
      const clock = clocks.get(result);
      if (!clock) return;
      clearTimeout(clock.timer);
      clock.timer = setTimeout(() => onWake(result), Math.ceil(milliseconds));
    },
    clear,
    stop() {
      for (const result of clocks.keys()) clear(result);
    },
  };
}
