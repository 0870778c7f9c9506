import type { Cluster, ListQuery } from "../core/cluster/cluster.ts";
import type { KubernetesObject } from "../core/contract/kubernetes-object.ts";

/** All objects of a list, for those of which there are not many. */
export async function listAll(cluster: Cluster, query: ListQuery): Promise<readonly KubernetesObject[]> {
  const objects: KubernetesObject[] = [];
  for await (const page of cluster.list(query)) objects.push(...page);
  return objects;
}
