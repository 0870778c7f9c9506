import type { Cluster, ObjectRef } from "../../core/cluster/cluster.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import { labels } from "../../core/contract/names.ts";

const secondsToRollBack = 30;

/** Deletes what a run created, the last first; what another made under the same name stays. Yields what could not be deleted. */
export async function rollBack(cluster: Cluster, created: readonly KubernetesObject[]): Promise<readonly KubernetesObject[]> {
  // Ctrl-C has ended the creation, and must not end its undoing.
  const signal = AbortSignal.timeout(secondsToRollBack * 1000);
  const left: KubernetesObject[] = [];
  for (const object of created.toReversed()) if (!(await remove(cluster, object, signal))) left.push(object);
  return left;
}

async function remove(cluster: Cluster, object: KubernetesObject, signal: AbortSignal): Promise<boolean> {
  try {
    const there = await cluster.find(refOf(object), signal);
    if (there?.metadata.uid === undefined || there.metadata.labels?.[labels.run] !== object.metadata.labels?.[labels.run]) return true;
    await cluster.delete(refOf(object), { uid: there.metadata.uid, propagation: "Background", signal });
    return true;
  } catch (error) {
    if (isKnownError(error) || signal.aborted) return false;
    throw error;
  }
}

/** Where an object is. */
export const refOf = ({ apiVersion = "", kind = "", metadata: { name, namespace } }: KubernetesObject): ObjectRef => ({
  apiVersion,
  kind,
  name,
  ...(namespace === undefined ? {} : { namespace }),
});
