import type { Cluster } from "../../core/cluster/cluster.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { labels } from "../../core/contract/names.ts";
import { refOf } from "./roll-back.ts";

/**
 * Makes way for an object by deleting the one of that name, if an earlier run in the same namespace made it: that run has ended, because
 * this one holds the namespace's lock. False where it is somebody else's.
 */
export async function replaceLeftover(cluster: Cluster, object: KubernetesObject, signal: AbortSignal): Promise<boolean> {
  const there = await cluster.find(refOf(object), signal);
  if (there === undefined) return true;
  const { metadata } = there;
  if (metadata.uid === undefined || metadata.labels?.[labels.run] === undefined || !isOfSameNamespace(there, object)) return false;
  await cluster.delete(refOf(object), { uid: metadata.uid, signal });
  return true;
}

/** What kubectl has applied has no owner, but the namespace's label. */
const isOfSameNamespace = (one: KubernetesObject, other: KubernetesObject): boolean => {
  const label = one.metadata.labels?.[labels.namespace];
  return label === undefined ? namespaceOwner(one) === namespaceOwner(other) : label === other.metadata.labels?.[labels.namespace];
};

const namespaceOwner = ({ metadata }: KubernetesObject): string | undefined => metadata.ownerReferences?.find(({ kind }) => kind === "Namespace")?.name;
