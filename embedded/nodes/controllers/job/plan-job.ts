import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { numberAt, objectsAt } from "../../../objects/object-fields.ts";
import { isActive, isDeleting, isPodReady, isTerminated, phaseOf } from "../../../objects/pod-state.ts";
import { parseTime } from "../../../objects/render-time.ts";
import { finalizersOf } from "../../../objects/finalizers.ts";

/** What the Job controller sees and means to do; nothing is changed yet. */
export type JobPlan = {
  readonly active: readonly KubernetesObject[];
  readonly ready: number;
  readonly terminating: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Pods whose end is counted with this look, or need not be counted: they lose the finalizer that kept them. */
  readonly released: readonly KubernetesObject[];
  readonly verdict: Verdict | undefined;
};

/** That a Job has come to its end, though its pods may still be ending. */
export type Verdict = { readonly kind: "success" | "failure"; readonly reason: string; readonly message: string };

export const jobFinalizer = "batch.kubernetes.io/job-tracking";

/** Source: kube-controller-manager, pkg/controller/job/job_controller.go (syncJob). */
export function planJob(job: KubernetesObject, pods: readonly KubernetesObject[], now: Date): JobPlan {
  const tracked = pods.filter((pod) => finalizersOf(pod).includes(jobFinalizer));
  const earlier = findVerdict(job);
  const succeededNow = tracked.filter((pod) => phaseOf(pod) === "Succeeded");
  const failedNow = tracked.filter((pod) => isFailed(job, pod));
  const active = pods.filter(isActive);
  const succeeded = numberAt(field(job, "status", "succeeded")) + succeededNow.length;
  const failed = numberAt(field(job, "status", "failed")) + failedNow.length;
  return {
    active,
    ready: active.filter(isPodReady).length,
    terminating: pods.filter((pod) => isDeleting(pod) && !isTerminated(pod)).length,
    succeeded,
    failed,
    released: [...succeededNow, ...failedNow],
    verdict: earlier ?? judge({ job, pods, active, succeeded, failed, now }),
  };
}

/** How long the Job may still be active, in milliseconds; undefined if for ever. */
export function remainingTime(job: KubernetesObject, now: Date): number | undefined {
  const start = parseTime(field(job, "status", "startTime"));
  const seconds = field(job, "spec", "activeDeadlineSeconds");
  return typeof seconds !== "number" || start === undefined ? undefined : start + seconds * 1000 - now.getTime();
}

/** When the next pod may be made after failures: ten seconds after the last one, doubled for each further one, ten minutes at most. */
export function nextAttempt(pods: readonly KubernetesObject[]): number {
  const ends = pods
    .filter((pod) => phaseOf(pod) === "Failed" || phaseOf(pod) === "Succeeded")
    .map((pod) => ({ at: endOf(pod), isFailure: phaseOf(pod) === "Failed" }));
  const lastSuccess = Math.max(0, ...ends.filter(({ isFailure }) => !isFailure).map(({ at }) => at));
  const failures = ends.filter(({ isFailure, at }) => isFailure && at > lastSuccess);
  if (failures.length === 0) return 0;
  return Math.max(...failures.map(({ at }) => at)) + Math.min(10_000 * 2 ** (failures.length - 1), 600_000);
}

/** How many pods are wanted at once. */
export function wantedPods(job: KubernetesObject, { succeeded, active }: Pick<JobPlan, "succeeded" | "active">): number {
  const parallelism = numberAt(field(job, "spec", "parallelism"), 1);
  const completions = field(job, "spec", "completions");
  if (typeof completions !== "number") return succeeded > 0 ? active.length : parallelism;
  return Math.max(Math.min(completions - succeeded, parallelism), 0);
}

/** A pod that somebody deletes counts as failed, unless only really failed ones are to be replaced. */
const isFailed = (job: unknown, pod: KubernetesObject): boolean =>
  phaseOf(pod) === "Failed" || (isDeleting(pod) && phaseOf(pod) !== "Succeeded" && field(job, "spec", "podReplacementPolicy") !== "Failed");

function findVerdict(job: unknown): Verdict | undefined {
  for (const { type, status, reason, message } of objectsAt(field(job, "status", "conditions"))) {
    const kind = type === "SuccessCriteriaMet" ? "success" : type === "FailureTarget" ? "failure" : undefined;
    if (kind !== undefined && status === "True") return { kind, reason: String(reason), message: String(message) };
  }
  return undefined;
}

type Counted = Pick<JobPlan, "active" | "succeeded" | "failed"> & {
  readonly job: KubernetesObject;
  readonly pods: readonly KubernetesObject[];
  readonly now: Date;
};

function judge({ job, pods, active, succeeded, failed, now }: Counted): Verdict | undefined {
  const limit = numberAt(field(job, "spec", "backoffLimit"), 6);
  const isSuspended = field(job, "spec", "suspend") === true;
  if (failed > limit || isPastRestarts(job, active, limit)) {
    return { kind: "failure", reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit" };
  }
  if (!isSuspended && (remainingTime(job, now) ?? 1) <= 0)
    return { kind: "failure", reason: "DeadlineExceeded", message: "Job was active longer than specified deadline" };
  const completions = field(job, "spec", "completions");
  const running = pods.filter((pod) => !isTerminated(pod));
  const isComplete = typeof completions === "number" ? succeeded >= completions : succeeded > 0 && running.length === 0;
  return isComplete ? { kind: "success", reason: "CompletionsReached", message: "Reached expected number of succeeded pods" } : undefined;
}

/** With restartPolicy OnFailure the kubelet tries again, and its restarts count. */
function isPastRestarts(job: unknown, active: readonly KubernetesObject[], limit: number): boolean {
  if (field(job, "spec", "template", "spec", "restartPolicy") !== "OnFailure") return false;
  const statuses = active.flatMap((pod) => [
    ...objectsAt(field(pod, "status", "initContainerStatuses")),
    ...objectsAt(field(pod, "status", "containerStatuses")),
  ]);
  const restarts = statuses.reduce((sum, { restartCount }) => sum + numberAt(restartCount), 0);
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

/** When a pod's last container ended; its Ready condition or creation tells for one that never ran. */
function endOf(pod: KubernetesObject): number {
  const ends = objectsAt(field(pod, "status", "containerStatuses")).flatMap((status) => parseTime(field(status, "state", "terminated", "finishedAt")) ?? []);
  const ready = objectsAt(field(pod, "status", "conditions")).find(({ type }) => type === "Ready");
  return ends.length > 0 ? Math.max(...ends) : (parseTime(ready?.["lastTransitionTime"]) ?? parseTime(pod.metadata.creationTimestamp) ?? 0);
}
