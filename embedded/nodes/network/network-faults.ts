import type { NetworkFaults } from "../pod-network.ts";

/** What one connection has to bear. */
export type ConnectionLimit = { readonly bytesPerSecond?: number; readonly breakAfterBytes?: number };

/** The faults with what the network needs to know of them. A side is a node's name; undefined is the control plane. */
export type FaultBoard = {
  readonly faults: NetworkFaults;
  isCut(side: string | undefined, other: string | undefined): boolean;
  /** The limit of a new connection to any of these (a pod's uid, a cluster IP); counts it. */
  takeLimit(targets: readonly string[]): ConnectionLimit | undefined;
  /** Calls back after each change of what is cut; returns what ends that. */
  readonly watch: (listener: () => void) => () => void;
};

export function createFaultBoard(): FaultBoard {
  const cut = new Set<string>();
  let isCutBetweenNodes = false;
  const limits = new Map<string, ConnectionLimit & { left: number }>();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    isCut(side, other) {
      if (side === other) return false;
      if (isCutBetweenNodes && side !== undefined && other !== undefined) return true;
      return (side !== undefined && cut.has(side)) || (other !== undefined && cut.has(other));
    },
    takeLimit(targets) {
      for (const target of targets) {
        const limit = limits.get(target);
        if (limit === undefined || limit.left <= 0) continue;
        limit.left -= 1;
        return limit;
      }
      return undefined;
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    faults: {
      cutNode(nodeName) {
        cut.add(nodeName);
        tell();
      },
      mendNode(nodeName) {
        cut.delete(nodeName);
        tell();
      },
      cutBetweenNodes() {
        isCutBetweenNodes = true;
        tell();
      },
      limit(target, { times = Infinity, ...limit }) {
        limits.set(target, { ...limit, left: times });
      },
      clear() {
        cut.clear();
        isCutBetweenNodes = false;
        limits.clear();
        tell();
      },
    },
  };
}
