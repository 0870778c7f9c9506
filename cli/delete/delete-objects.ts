import pLimit from "p-limit";
import type { Cluster, ObjectRef } from "../../core/cluster/cluster.ts";
import type { Found } from "./list-metadata.ts";

const requestsAtOnce = 8;

/** Deletes objects in any order, each only if it is still the one that was found; those that they own go with them. */
export async function deleteObjects(cluster: Cluster, objects: readonly Found[], signal: AbortSignal): Promise<void> {
  const limit = pLimit(requestsAtOnce);
  await Promise.all(objects.map((found) => limit(() => deleteObject(cluster, found, signal))));
}

async function deleteObject(cluster: Cluster, { kind, metadata }: Found, signal: AbortSignal): Promise<void> {
  const { name, namespace, uid } = metadata;
  const ref: ObjectRef = { apiVersion: kind.apiVersion, kind: kind.kind, name, ...(kind.namespaced && namespace !== undefined && { namespace }) };
  const grace = kind.kind === "Pod" ? { gracePeriodSeconds: podGraceSeconds } : {};
  await cluster.delete(ref, { propagation: "Background", ...grace, ...(uid !== undefined && { uid }), signal });
}

const podGraceSeconds = 1;
