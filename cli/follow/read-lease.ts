import type { Cluster } from "../../core/cluster/cluster.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import { objectNames } from "../../core/contract/names.ts";

/** The Lease that the run's only aggregator holds; undefined where there is none, and for who may not see it. */
export async function readLease(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<KubernetesObject | undefined> {
  try {
    return await cluster.find({ apiVersion: "coordination.k8s.io/v1", kind: "Lease", namespace, name: objectNames.lease }, signal);
  } catch (error) {
    if (isKnownError(error) && error.code === "cluster-refused") return undefined;
    throw error;
  }
}
