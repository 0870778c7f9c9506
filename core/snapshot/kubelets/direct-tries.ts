import type { RequestFailure } from "../requests/request-failure.ts";
import type { KubeletWays } from "./find-ways.ts";
import type { KubeletFact } from "./kubelet-facts.ts";
import { createReachability } from "./reachability.ts";
import type { NodeNote } from "./read-kubelets.ts";

/** What has come of asking kubelets at their own port. */
export type DirectTries = {
  /** False where it is not permitted, and for a kubelet that did not answer or could not be trusted once; for all where none of the first ones could be asked. */
  isWorth(node: NodeNote, fact: KubeletFact): boolean;
  answered(node: NodeNote): void;
  failed(node: NodeNote, failure: RequestFailure): void;
  /** Why it is not worth it, and what would change that. */
  why(node: NodeNote, fact: KubeletFact): string;
};

/** Nothing has been tried yet. */
export function createDirectTries({ direct: { rights }, whyNotDirect }: KubeletWays): DirectTries {
  const reachability = createReachability();
  const reasons = new Map<string, string>();
  let last = "";
  return {
    isWorth: (node, { right }) => rights.includes(right) && node.kubelet !== undefined && reachability.isWorth(node.name),
    answered: ({ name }) => reachability.answered(name),
    failed: ({ name }, { code, reason }) => {
      if (code !== 0) return;
      // One try is enough: there may be another way.
      reachability.failed(name, { code, reason: "TimedOut" });
      reasons.set(name, reason);
      last = reason;
    },
    why: ({ name, kubelet }, { right }) => {
      if (!rights.includes(right)) return whyNotDirect;
      if (kubelet === undefined) return "their nodes name no address";
      return (reasons.get(name) ?? last) === "Untrusted" ? untrusted : "they did not answer at their own port";
    },
  };
}

const untrusted =
  "they show no certificate for their node that the cluster's authority has signed (serverTLSBootstrap in the kubelet's configuration, and approving its requests, gives them one)";
