import { compareTexts } from "../../objects/order.ts";

/**
 * The sentence of a pod that fits nowhere: "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. …".
 * Source: kube-scheduler, framework/types.go (FitError).
 */
export function renderFitError({ nodes, obstacle, reasons, afterwards }: FitError): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const histogram = [...counts].map(([reason, count]) => `${count} ${reason}`).toSorted(compareTexts);
  const why = obstacle ?? histogram.join(", ");
  return [`0/${nodes} nodes are available:`, why === "" ? "" : `${why}.`, afterwards].filter((part) => part !== "").join(" ");
}

export type FitError = {
  readonly nodes: number;
  /** What holds for all nodes at once. */
  readonly obstacle?: string;
  /** Of each node that was looked at. */
  readonly reasons: readonly string[];
  /** What was tried then; empty if that made room. */
  readonly afterwards: string;
};
