import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../../core/kubernetes/field.ts";
import type { Condition } from "../../../objects/conditions.ts";
import { findCondition, isConditionTrue, withCondition } from "../../../objects/conditions.ts";
import { objectAt, objectsAt } from "../../../objects/object-fields.ts";
import { recordEvent } from "../../record-event.ts";
import { renderTime } from "../../../objects/render-time.ts";
import type { Cluster } from "../controller.ts";
import { unlessZero, writeStatus } from "../write-status.ts";
import type { JobPlan, Verdict } from "./plan-job.ts";

/** Stores a Job's counts and conditions and tells what is new in events; its end only when none of its pods is left. Returns the Job with its new status. */
export function writeJobStatus(cluster: Cluster, job: KubernetesObject, plan: Omit<JobPlan, "active"> & { readonly active: number }): KubernetesObject {
  const { clock } = cluster;
  const { active, ready, terminating, succeeded, failed, verdict } = plan;
  const isSuspended = field(job, "spec", "suspend") === true;
  const isOver = verdict !== undefined && active === 0 && terminating === 0;
  const conditions = buildConditions(job, { verdict, isOver, isSuspended }, clock.now());
  const status: JsonObject = {
    ...objectAt(job["status"]),
    startTime: isSuspended ? undefined : text(field(job, "status", "startTime")) || renderTime(clock.now()),
    active: unlessZero(active),
    ready,
    succeeded: unlessZero(succeeded),
    failed: unlessZero(failed),
    terminating,
    uncountedTerminatedPods: {},
    conditions: conditions.length === 0 ? undefined : conditions,
    completionTime: isOver && verdict.kind === "success" ? renderTime(clock.now()) : undefined,
  };
  writeStatus(cluster, job, status);
  const tell = (type: "Normal" | "Warning", reason: string, message: string): void =>
    recordEvent(cluster.api, clock, { about: job, type, reason, message, component: "job-controller" });
  const wasSuspended = findCondition(job, "Suspended")?.["status"] === "True";
  if (isSuspended && !wasSuspended && verdict === undefined) tell("Normal", "Suspended", "Job suspended");
  if (!isSuspended && wasSuspended) tell("Normal", "Resumed", "Job resumed");
  if (isOver && verdict.kind === "success") tell("Normal", "Completed", "Job completed");
  if (isOver && verdict.kind === "failure") tell("Warning", verdict.reason, verdict.message);
  return { ...job, status };
}

type Ending = { readonly verdict: Verdict | undefined; readonly isOver: boolean; readonly isSuspended: boolean };

function buildConditions(job: KubernetesObject, { verdict, isOver, isSuspended }: Ending, now: Date): readonly JsonObject[] {
  let conditions = objectsAt(field(job, "status", "conditions"));
  const add = (condition: Condition): void => {
    const changed = { status: { conditions } };
    const lastProbeTime = findCondition(changed, condition.type)?.["lastProbeTime"] ?? renderTime(now);
    conditions = withCondition(changed, { ...condition, lastProbeTime }, now);
  };
  if (verdict === undefined && isSuspended) add({ type: "Suspended", status: "True", reason: "JobSuspended", message: "Job suspended" });
  if (!isSuspended && isConditionTrue(job, "Suspended")) add({ type: "Suspended", status: "False", reason: "JobResumed", message: "Job resumed" });
  if (verdict !== undefined) {
    const { kind, reason, message } = verdict;
    add({ type: kind === "success" ? "SuccessCriteriaMet" : "FailureTarget", status: "True", reason, message });
    if (isOver) add({ type: kind === "success" ? "Complete" : "Failed", status: "True", reason, message });
  }
  return conditions;
}
