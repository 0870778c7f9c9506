import type { RequestFailure } from "../requests/request-failure.ts";

/** Which nodes are worth asking: whose kubelets have answered so far, and what was in vain. */
export type Reachability = {
  /** False for a node whose kubelet does not answer, and for all once it seems that none of them can be reached. */
  isWorth(node: string): boolean;
  answered(node: string): void;
  failed(node: string, failure: Pick<RequestFailure, "code" | "reason">): void;
};

/** Nothing is known yet. */
export function createReachability(): Reachability {
  const answering = new Set<string>();
  const silences = new Map<string, number>();
  const isDead = (node: string): boolean => (silences.get(node) ?? 0) >= 2 && !answering.has(node);
  let dead = 0;
  return {
    isWorth: (node) => !isDead(node) && (answering.size > 0 || dead < triedInVain),
    answered: (node) => void answering.add(node),
    failed: (node, { code, reason }) => {
      // The API server's own words for a kubelet that it can't reach, which others may have too; a second time they are believed.
      if (code !== 0 && code < 500) return;
      const wasDead = isDead(node);
      silences.set(node, (silences.get(node) ?? 0) + (reason === "TimedOut" ? 2 : 1));
      if (!wasDead && isDead(node)) dead++;
    },
  };
}

/** In a cluster whose control plane reaches no node each further one costs seconds and says nothing new. */
const triedInVain = 16;
