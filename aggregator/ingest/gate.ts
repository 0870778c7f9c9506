import type { Refusal } from "./refusal.ts";

/** Lets results in until the tarball is being made, or the aggregator ends. */
export type Gate = {
  /** Runs what makes a result count; throws the refusal, without running it, once the gate is closed. */
  pass<T>(accept: () => Promise<T>): Promise<T>;
  /** Lets nothing more in, with this refusal; resolves when those that are inside are through. */
  close(refusal: Refusal): Promise<void>;
  /** What an upload is told that has not begun; undefined while it may. */
  refusal(): Refusal | undefined;
};

/** An open gate. What is accepted after the status was written would be in the tarball and contradict it. */
export function createGate(): Gate {
  const inside = new Set<Promise<unknown>>();
  let refusal: Refusal | undefined;
  return {
    async pass(accept) {
      if (refusal) throw refusal;
      const passing = accept();
      inside.add(passing);
      return passing.finally(() => inside.delete(passing));
    },
    async close(why) {
      refusal = why;
      await Promise.allSettled(inside);
    },
    refusal: () => refusal,
  };
}
