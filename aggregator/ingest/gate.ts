import type { ExpectedResult } from "../state/expected-results.ts";
import type { Refusal } from "./refusal.ts";

/** Lets results in until the tarball is being made, or the aggregator ends. */
export type Gate = {
  /** Runs what makes a result count, for each result one after the other; throws the refusal, without running it, once the gate is closed. */
  pass<T>(result: ExpectedResult, accept: () => Promise<T>): Promise<T>;
  /** Lets nothing more in, with this refusal; resolves when those that are inside are through. */
  close(refusal: Refusal): Promise<void>;
  /** What an upload is told that has not begun; undefined while it may. */
  refusal(): Refusal | undefined;
};

/** An open gate. What is accepted after the status was written would be in the tarball and contradict it. */
export function createGate(): Gate {
  const inside = new Map<ExpectedResult, Promise<unknown>>();
  let refusal: Refusal | undefined;
  const acceptAfter = async <T>(before: Promise<unknown>, accept: () => Promise<T>): Promise<T> => {
    await before.catch(() => undefined);
    if (refusal) throw refusal;
    return accept();
  };
  return {
    async pass(result, accept) {
      if (refusal) throw refusal;
      const before = inside.get(result);
      const passing = before === undefined ? accept() : acceptAfter(before, accept);
      inside.set(result, passing);
      return passing.finally(() => inside.get(result) === passing && inside.delete(result));
    },
    async close(why) {
      refusal = why;
      await Promise.allSettled(inside.values());
    },
    refusal: () => refusal,
  };
}
