import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { isConditionTrue } from "../../../objects/conditions.ts";
import { isDeclared, keyOf, typeOf } from "../../../objects/object-key.ts";
import { controllerOf, isDeleting, isPodReady } from "../../../objects/pod-state.ts";
import { createWorkQueue } from "../../work-queue.ts";
import type { WorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { findByKey, nameKey, watchKind, watchOwned } from "../controller.ts";
import { createPod, deletePod, isNamespaceEnding, podsOf } from "../owned-pods.ts";
import { deleteExpired } from "./delete-expired.ts";
import type { JobPlan } from "./plan-job.ts";
import { jobFinalizer, nextAttempt, planJob, remainingTime, wantedPods } from "./plan-job.ts";
import { writeJobStatus } from "./write-job-status.ts";
import { toError } from "../../../to-error.ts";
import { dropFinalizer, finalizersOf } from "../../../objects/finalizers.ts";

/** Runs Jobs: makes their pods, counts how they end, and ends the Job. Indexed Jobs and pod failure policies are not known here. */
export function startJobController(cluster: Cluster): void {
  const queue = createWorkQueue({ ...cluster, work: (key) => syncJob(cluster, queue, key) });
  const orphans = createWorkQueue({ ...cluster, work: (key) => releaseOrphan(cluster, key) });
  watchKind(cluster, jobKind, ({ type, object }) => {
    queue.add(nameKey(object));
    if (type === "DELETED") for (const pod of podsOf(cluster, object)) orphans.add(nameKey(pod));
  });
  watchOwned(cluster, { child: podKind, owner: "Job" }, queue);
  watchKind(cluster, podKind, ({ object }) => {
    if (finalizersOf(object).includes(jobFinalizer)) orphans.add(nameKey(object));
  });
}

const jobKind = ["batch/v1", "Job"] as const;
const podKind = ["v1", "Pod"] as const;
const component = "job-controller";

function syncJob(cluster: Cluster, queue: WorkQueue, key: string): void {
  const job = findByKey(cluster, jobKind, key);
  if (job === undefined || isDeclared(job)) return;
  const pods = podsOf(cluster, job);
  if (isConditionTrue(job, "Complete") || isConditionTrue(job, "Failed")) {
    for (const pod of pods) release(cluster, pod);
    deleteExpired(cluster, queue, job);
    return;
  }
  const now = cluster.clock.now();
  const plan = planJob(job, pods, now);
  const changed = plan.verdict !== undefined || isDeleting(job) ? { active: plan.active.length } : managePods(cluster, queue, { job, pods, plan });
  const written = writeJobStatus(cluster, job, { ...plan, ...changed });
  for (const pod of plan.released) release(cluster, pod);
  if (plan.verdict !== undefined) {
    for (const pod of plan.active) {
      // After a failure its other pods count as failed too; after success nobody counts them.
      if (plan.verdict.kind === "success") release(cluster, pod);
      deletePod(cluster, { pod, owner: job, component });
    }
    return;
  }
  const remaining = remainingTime(written, now);
  if (remaining !== undefined) queue.addAt(key, new Date(now.getTime() + Math.max(remaining, 1)));
  if (changed.refusal !== undefined && !isNamespaceEnding(changed.refusal)) throw changed.refusal;
}

type Managed = { readonly active: number; readonly refusal?: Error };

/** Makes pods until as many are active as are wanted, or takes away those that are too many. */
function managePods(
  cluster: Cluster,
  queue: WorkQueue,
  { job, pods, plan }: { readonly job: KubernetesObject; readonly pods: readonly KubernetesObject[]; readonly plan: JobPlan },
): Managed {
  const wanted = field(job, "spec", "suspend") === true ? 0 : wantedPods(job, plan);
  const { active } = plan;
  for (const pod of active.toSorted(byWorth).slice(wanted)) {
    release(cluster, pod);
    deletePod(cluster, { pod, owner: job, component });
  }
  const terminating = field(job, "spec", "podReplacementPolicy") === "Failed" ? plan.terminating : 0;
  const missing = wanted - active.length - terminating;
  if (missing <= 0) return { active: Math.min(active.length, wanted) };
  const attempt = nextAttempt(pods);
  if (attempt > cluster.clock.now().getTime()) {
    queue.addAt(nameKey(job), new Date(attempt));
    return { active: active.length };
  }
  let made = 0;
  try {
    for (; made < missing; made += 1) createPod(cluster, { owner: job, component, finalizers: [jobFinalizer] });
  } catch (error) {
    // What was made so far counts; the rest is tried again later.
    return { active: active.length + made, refusal: toError(error) };
  }
  return { active: active.length + made };
}

/** Pods that are ready come first: they have done the most. */
const byWorth = (left: KubernetesObject, right: KubernetesObject): number => Number(isPodReady(right)) - Number(isPodReady(left));

/** Lets a pod go that is counted: it may be deleted now. */
const release = ({ api }: Cluster, pod: KubernetesObject): void => dropFinalizer(api, keyOf(api, pod), jobFinalizer);

/** A pod whose Job is gone will never be counted. */
function releaseOrphan(cluster: Cluster, key: string): void {
  const pod = findByKey(cluster, podKind, key);
  if (pod === undefined) return;
  const owner = controllerOf(pod);
  const job = owner && cluster.api.find({ type: typeOf(cluster.api, ...jobKind), namespace: pod.metadata.namespace ?? "", name: owner.name });
  if (job === undefined || job.metadata.uid !== owner?.uid) release(cluster, pod);
}
