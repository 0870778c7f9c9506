import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { findCondition, isTrue } from "../../conditions.ts";
import { keyOf } from "../../object-key.ts";
import { isDeleting } from "../../pod-state.ts";
import { parseTime } from "../../render-time.ts";
import type { WorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { nameKey } from "../controller.ts";

/** Deletes a Job that ended more than ttlSecondsAfterFinished ago, and its pods before it; otherwise looks again in time. */
export function deleteExpired({ api, clock }: Cluster, queue: WorkQueue, job: KubernetesObject): void {
  const seconds = field(job, "spec", "ttlSecondsAfterFinished");
  if (typeof seconds !== "number" || isDeleting(job)) return;
  const condition = findCondition(job, isTrue(job, "Complete") ? "Complete" : "Failed");
  const expiry = (parseTime(condition?.["lastTransitionTime"]) ?? 0) + seconds * 1000;
  if (expiry > clock.now().getTime()) queue.addAt(nameKey(job), new Date(expiry));
  else api.delete(keyOf(api, job), { propagationPolicy: "Foreground" });
}
