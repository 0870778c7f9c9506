import type { NodePower } from "./kubelet-context.ts";

/** Whether a node does anything, and who waits until it does again. */
export type Power = {
  readonly state: () => NodePower;
  readonly set: (next: NodePower) => void;
  /** Resolves as soon as the node is on. */
  readonly whenOn: () => Promise<void>;
};

export function createPower(): Power {
  let state: NodePower = "on";
  let waiting: (() => void)[] = [];
  return {
    state: () => state,
    set(next) {
      state = next;
      if (next !== "on") return;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    whenOn: () => (state === "on" ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
