import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { findCondition, isConditionTrue } from "../../../objects/conditions.ts";
import { keyOf } from "../../../objects/object-key.ts";
import { isDeleting } from "../../../objects/pod-state.ts";
import { parseTime } from "../../../objects/render-time.ts";
import type { WorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { nameKey } from "../controller.ts";

/** Deletes a Job that ended more than ttlSecondsAfterFinished ago, and its pods before it; otherwise looks again in time. */
export function deleteExpired({ api, clock }: Cluster, queue: WorkQueue, job: KubernetesObject): void {
  const seconds = field(job, "spec", "ttlSecondsAfterFinished");
  if (typeof seconds !== "number" || isDeleting(job)) return;
  const condition = findCondition(job, isConditionTrue(job, "Complete") ? "Complete" : "Failed");
  const expiry = (parseTime(condition?.["lastTransitionTime"]) ?? 0) + seconds * 1000;
  if (expiry > clock.now().getTime()) queue.addAt(nameKey(job), new Date(expiry));
  else api.delete(keyOf(api, job), { propagationPolicy: "Foreground" });
}
