import { setTimeout as sleep } from "node:timers/promises";
import type { ExpectedResult, ExpectedResults } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";

/** Lets plugins onto no more than so many nodes at once, each plugin of a node that has its turn. */
export type NodeTurns = {
  /** Resolves when it is the turn of the result's node, which lasts until the result has ended and its pod is gone; rejects when the signal aborts. */
  take(result: ExpectedResult): Promise<void>;
};

type Deps = {
  readonly limit: number;
  readonly results: Pick<ExpectedResults, "until">;
  /** Whether its pod is there already, made by an earlier aggregator: it has its turn whoever else has one. */
  readonly isMade: (result: ExpectedResult) => boolean;
  /** Resolves when a result's pod is gone, or stays for good. */
  readonly untilGone: (result: ExpectedResult) => Promise<void>;
  readonly signal: AbortSignal;
};

/** A node that can't remove its pods holds nobody up for longer. */
const longestGoing = 30_000;

/** Turns in the order in which they are asked for. A node that is not ready doesn't count, so that a dead one holds nobody up. */
export function createNodeTurns({ limit, results, isMade, untilGone, signal }: Deps): NodeTurns {
  const active = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();
  const begin = (node: string, count: number): void => void active.set(node, (active.get(node) ?? 0) + count);
  const callNext = (): void => {
    for (const [node, turns] of waiting) {
      if (active.size >= limit) return;
      waiting.delete(node);
      begin(node, turns.length);
      for (const start of turns) start();
    }
  };
  const leave = (node: string): void => {
    const left = (active.get(node) ?? 0) - 1;
    if (left > 0) active.set(node, left);
    else active.delete(node);
    callNext();
  };
  const enter = async (result: ExpectedResult): Promise<void> => {
    const { node } = result;
    if (active.has(node) || active.size < limit || isMade(result)) return begin(node, 1);
    const turn = Promise.withResolvers<void>();
    waiting.set(node, [...(waiting.get(node) ?? []), turn.resolve]);
    signal.addEventListener("abort", () => turn.reject(signal.reason), { once: true });
    await turn.promise;
  };
  const untilOver = async (result: ExpectedResult): Promise<void> => {
    await results.until(() => isEnded(result) || isDead(result), signal, result);
    if (isDead(result)) return;
    await Promise.race([untilGone(result), sleep(longestGoing, undefined, { signal, ref: false })]);
  };
  return {
    async take(result) {
      await enter(result);
      untilOver(result).then(
        () => leave(result.node),
        () => undefined,
      );
    },
  };
}

/** Of what is lost nobody knows whether its pod will ever go. */
const isDead = ({ state, problem }: ExpectedResult): boolean => state === "lost" || problem?.code === "node-not-ready";
