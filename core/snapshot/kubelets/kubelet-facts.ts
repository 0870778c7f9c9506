/** What a kubelet is asked: the path at its port, the right that it takes there, as a subresource of nodes, and the file that it becomes. */
export type KubeletFact = { readonly path: string; readonly right: string; readonly file: string };

/** The three that a snapshot holds of each node. */
export const kubeletFacts: readonly KubeletFact[] = [
  { path: "configz", right: "configz", file: "configz.json" },
  { path: "healthz", right: "healthz", file: "healthz.json" },
  { path: "stats/summary", right: "stats", file: "stats.json" },
];
