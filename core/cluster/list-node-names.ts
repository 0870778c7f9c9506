import type { Cluster } from "./cluster.ts";

/** The names of all nodes, in the order of their letters. */
export async function listNodeNames(cluster: Cluster, signal: AbortSignal): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const page of cluster.list({ apiVersion: "v1", kind: "Node", signal })) names.push(...page.map(({ metadata }) => metadata.name));
  return names.toSorted();
}
