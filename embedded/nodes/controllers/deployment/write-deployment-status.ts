import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import type { Condition } from "../../../objects/conditions.ts";
import { findCondition, withCondition } from "../../../objects/conditions.ts";
import { numberAt, objectsAt } from "../../../objects/object-fields.ts";
import { parseTime, renderTime } from "../../../objects/render-time.ts";
import type { WorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { nameKey } from "../controller.ts";
import { writeStatus } from "../write-status.ts";
import { findLeeway, replicasOf } from "./plan-rollout.ts";
import type { ReplicaSets } from "./replica-sets.ts";

export type Rollout = { readonly deployment: KubernetesObject; readonly sets: ReplicaSets; readonly isNew: boolean };

/** Stores a Deployment's numbers and conditions, and looks again when its progress deadline is over. Source: kube-controller-manager, pkg/controller/deployment/progress.go. */
export function writeDeploymentStatus(cluster: Cluster, queue: WorkQueue, rollout: Rollout): void {
  const { deployment, sets } = rollout;
  const all = sets.current === undefined ? sets.old : [sets.current, ...sets.old];
  const count = (name: string): number => all.reduce((sum, set) => sum + numberAt(field(set, "status", name)), 0);
  const available = count("availableReplicas");
  const counts: Counts = {
    replicas: count("replicas"),
    updatedReplicas: numberAt(field(sets.current, "status", "replicas")),
    readyReplicas: count("readyReplicas"),
    availableReplicas: available,
    unavailableReplicas: Math.max(all.reduce((sum, set) => sum + replicasOf(set), 0) - available, 0),
  };
  const now = cluster.clock.now();
  const conditions = buildConditions(rollout, counts, now);
  const status: JsonObject = {
    ...Object.fromEntries(Object.entries(counts).filter(([, value]) => value > 0)),
    terminatingReplicas: count("terminatingReplicas"),
    observedGeneration: numberAt(deployment.metadata["generation"]),
    conditions,
  };
  writeStatus(cluster, deployment, status);
  const deadline = deadlineOf(deployment, conditions);
  if (deadline !== undefined && deadline > now.getTime()) queue.addAt(nameKey(deployment), new Date(deadline));
}

type Counts = {
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly unavailableReplicas: number;
};

function buildConditions(rollout: Rollout, counts: Counts, now: Date): readonly JsonObject[] {
  const { deployment, sets } = rollout;
  const isEnough = counts.availableReplicas >= replicasOf(deployment) - findLeeway(deployment).unavailable;
  const available: Condition = isEnough
    ? { type: "Available", status: "True", reason: "MinimumReplicasAvailable", message: "Deployment has minimum availability." }
    : { type: "Available", status: "False", reason: "MinimumReplicasUnavailable", message: "Deployment does not have minimum availability." };
  let conditions = objectsAt(field(deployment, "status", "conditions"));
  const add = (condition: Condition): void => {
    const changed = { status: { conditions } };
    const old = findCondition(changed, condition.type);
    const isSame = old?.["status"] === condition.status && old["reason"] === condition["reason"] && old["message"] === condition["message"];
    const isProgress = condition["reason"] === "ReplicaSetUpdated";
    conditions = withCondition(changed, { ...condition, lastUpdateTime: isSame && !isProgress ? (old["lastUpdateTime"] ?? null) : renderTime(now) }, now);
  };
  add(available);
  const progress = findProgress(rollout, counts, now);
  if (progress !== undefined) add(progress);
  const failure = [sets.current, ...sets.old].map((set) => findCondition(set, "ReplicaFailure")).find((condition) => condition !== undefined);
  if (failure !== undefined) add({ type: "ReplicaFailure", status: "True", reason: failure["reason"] ?? null, message: failure["message"] ?? null });
  return failure === undefined ? conditions.filter(({ type }) => type !== "ReplicaFailure") : conditions;
}

/** What the condition Progressing is to say; undefined if it stays. */
function findProgress({ deployment, sets, isNew }: Rollout, counts: Counts, now: Date): Condition | undefined {
  const name = JSON.stringify(sets.current?.metadata.name ?? "");
  if (isNew) return { type: "Progressing", status: "True", reason: "NewReplicaSetCreated", message: `Created new replica set ${name}` };
  const old = findCondition(deployment, "Progressing");
  if (field(deployment, "spec", "paused") === true) {
    return old?.["reason"] === "DeploymentPaused"
      ? undefined
      : { type: "Progressing", status: "Unknown", reason: "DeploymentPaused", message: "Deployment is paused" };
  }
  if (old?.["reason"] === "DeploymentPaused") return { type: "Progressing", status: "Unknown", reason: "DeploymentResumed", message: "Deployment is resumed" };
  if (old?.["reason"] === "NewReplicaSetAvailable" && counts.replicas === counts.updatedReplicas) return undefined;
  const wanted = replicasOf(deployment);
  if (counts.updatedReplicas === wanted && counts.replicas === wanted && counts.availableReplicas === wanted && sets.current !== undefined) {
    return { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable", message: `ReplicaSet ${name} has successfully progressed.` };
  }
  const before = (count: keyof Counts): number => numberAt(field(deployment, "status", count));
  const hasProgressed =
    counts.updatedReplicas > before("updatedReplicas") ||
    counts.replicas - counts.updatedReplicas < before("replicas") - before("updatedReplicas") ||
    counts.readyReplicas > before("readyReplicas") ||
    counts.availableReplicas > before("availableReplicas");
  if (hasProgressed) return { type: "Progressing", status: "True", reason: "ReplicaSetUpdated", message: `ReplicaSet ${name} is progressing.` };
  const deadline = deadlineOf(deployment, objectsAt(field(deployment, "status", "conditions")));
  if (deadline === undefined || deadline > now.getTime()) return undefined;
  return { type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded", message: `ReplicaSet ${name} has timed out progressing.` };
}

/** When a rollout that makes no progress counts as failed; undefined if it is complete, failed or paused. */
function deadlineOf(deployment: unknown, conditions: readonly JsonObject[]): number | undefined {
  const progressing = conditions.find(({ type }) => type === "Progressing");
  const updated = parseTime(progressing?.["lastUpdateTime"]);
  if (updated === undefined || ["NewReplicaSetAvailable", "ProgressDeadlineExceeded", "DeploymentPaused"].includes(String(progressing?.["reason"])))
    return undefined;
  return updated + numberAt(field(deployment, "spec", "progressDeadlineSeconds"), 600) * 1000;
}
