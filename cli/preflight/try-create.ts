import type { Cluster } from "../../core/cluster/cluster.ts";
import { clusterFailure } from "../../core/cluster/failure.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";

/** What the API server would make of an object: "taken", "there" (one of that name is), "no-right" to create any, or refused in its own words. */
export type Trial = "taken" | "there" | "no-right" | { readonly refusal: string };

/** Has an object judged by everything that stands in front of a creation (rights, quotas, Pod Security, webhooks), and creates nothing. Throws KnownError where nobody judged. */
export async function tryCreate(cluster: Cluster, object: KubernetesObject, signal: AbortSignal): Promise<Trial> {
  try {
    await cluster.create(object, { dryRun: true, signal });
    return "taken";
  } catch (error) {
    const refusal = clusterFailure(error);
    if (!isKnownError(error) || refusal === undefined || error.code === "cluster-unreachable" || error.code === "credentials-expired") throw error;
    if (refusal.reason === "AlreadyExists") return "there";
    // What admission refuses has no hint; for a right that is missing the hint says how to ask for it.
    return refusal.status === 403 && error.hint !== undefined ? "no-right" : { refusal: refusal.message.replace(/[^.!?…]$/, "$&.") };
  }
}
