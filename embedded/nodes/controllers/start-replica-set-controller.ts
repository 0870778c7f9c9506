import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field } from "../../../core/kubernetes/field.ts";
import type { Condition } from "../../objects/conditions.ts";
import { withCondition, withoutCondition } from "../../objects/conditions.ts";
import { isDeclared } from "../../objects/object-key.ts";
import { numberAt, stringsAt } from "../../objects/object-fields.ts";
import { availableAt, isActive, isDeleting, isPodReady, isTerminated, nodeNameOf, phaseOf } from "../../objects/pod-state.ts";
import { createWorkQueue } from "../work-queue.ts";
import { replicasOf } from "./deployment/plan-rollout.ts";
import type { WorkQueue } from "../work-queue.ts";
import type { Cluster } from "./controller.ts";
import { findByKey, nameKey, watchKind, watchOwned } from "./controller.ts";
import { createPod, deletePod, isNamespaceEnding, podsOf } from "./owned-pods.ts";
import { unlessZero, writeStatus } from "./write-status.ts";
import { toError } from "../../to-error.ts";
import { byAge } from "../../objects/order.ts";

/** Keeps as many pods of each ReplicaSet as it asks for, and its status. Pods that have no owner are not adopted. */
export function startReplicaSetController(cluster: Cluster): void {
  const queue = createWorkQueue({ ...cluster, work: (key) => syncReplicaSet(cluster, queue, key) });
  watchKind(cluster, replicaSetKind, ({ object }) => queue.add(nameKey(object)));
  watchOwned(cluster, { child: ["v1", "Pod"], owner: "ReplicaSet" }, queue);
}

const replicaSetKind = ["apps/v1", "ReplicaSet"] as const;
const component = "replicaset-controller";

function syncReplicaSet(cluster: Cluster, queue: WorkQueue, key: string): void {
  const owner = findByKey(cluster, replicaSetKind, key);
  if (owner === undefined || isDeclared(owner)) return;
  const refusal = isDeleting(owner) ? undefined : scale(cluster, owner, podsOf(cluster, owner).filter(isActive));
  writeReplicaSetStatus(cluster, queue, { owner, refusal });
  if (refusal !== undefined && !isNamespaceEnding(refusal)) throw refusal;
}

/** Makes or deletes what is missing or too much; a refusal is returned, because the status has to tell it. */
function scale(cluster: Cluster, owner: KubernetesObject, active: readonly KubernetesObject[]): Error | undefined {
  const wanted = replicasOf(owner);
  for (const pod of active.toSorted(byWorth).slice(wanted)) deletePod(cluster, { pod, owner, component });
  try {
    for (let missing = wanted - active.length; missing > 0; missing -= 1) createPod(cluster, { owner, component });
    return undefined;
  } catch (error) {
    return toError(error);
  }
}

/** Who stays comes first: pods on a node, running, ready, then the oldest. */
const byWorth = (left: KubernetesObject, right: KubernetesObject): number =>
  Number(nodeNameOf(right) !== "") - Number(nodeNameOf(left) !== "") ||
  Number(phaseOf(right) === "Running") - Number(phaseOf(left) === "Running") ||
  Number(isPodReady(right)) - Number(isPodReady(left)) ||
  byAge(left, right);

function writeReplicaSetStatus(
  cluster: Cluster,
  queue: WorkQueue,
  { owner, refusal }: { readonly owner: KubernetesObject; readonly refusal: Error | undefined },
): void {
  const now = cluster.clock.now();
  const pods = podsOf(cluster, owner);
  const active = pods.filter(isActive);
  const labels = Object.entries(stringsAt(field(owner, "spec", "template", "metadata", "labels")));
  const minReady = numberAt(field(owner, "spec", "minReadySeconds"));
  const availability = active.flatMap((pod) => availableAt(pod, minReady) ?? []);
  const later = availability.filter((time) => time > now.getTime());
  if (later.length > 0) queue.addAt(nameKey(owner), new Date(Math.min(...later)));
  const failure: Condition | undefined = refusal && { type: "ReplicaFailure", status: "True", reason: "FailedCreate", message: refusal.message };
  const conditions = failure === undefined ? withoutCondition(owner, "ReplicaFailure") : withCondition(owner, failure, now);
  const status: JsonObject = {
    replicas: active.length,
    fullyLabeledReplicas: unlessZero(active.filter(({ metadata }) => labels.every(([name, value]) => metadata.labels?.[name] === value)).length),
    readyReplicas: unlessZero(active.filter(isPodReady).length),
    availableReplicas: unlessZero(availability.length - later.length),
    terminatingReplicas: pods.filter((pod) => isDeleting(pod) && !isTerminated(pod)).length,
    observedGeneration: numberAt(owner.metadata["generation"]),
    conditions: conditions.length === 0 ? undefined : conditions,
  };
  writeStatus(cluster, owner, status);
}
