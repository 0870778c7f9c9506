import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { isDeclared, keyOf, typeOf } from "../../../objects/object-key.ts";
import { numberAt } from "../../../objects/object-fields.ts";
import { controllerOf, isDeleting, isTerminated } from "../../../objects/pod-state.ts";
import { recordEvent } from "../../record-event.ts";
import { createWorkQueue } from "../../work-queue.ts";
import type { WorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { findByKey, nameKey, watchKind, watchOwned } from "../controller.ts";
import { podsOf } from "../owned-pods.ts";
import type { Scaling } from "./plan-rollout.ts";
import { findLeeway, planRollingUpdate, replicasOf } from "./plan-rollout.ts";
import { ensureCurrent, findReplicaSets, revisionOf, scaleReplicaSet } from "./replica-sets.ts";
import type { ReplicaSets } from "./replica-sets.ts";
import { writeDeploymentStatus } from "./write-deployment-status.ts";

/** Rolls each Deployment's template out through ReplicaSets, all at once or one after the other, and keeps its status. */
export function startDeploymentController(cluster: Cluster): void {
  const queue = createWorkQueue({ ...cluster, work: (key) => syncDeployment(cluster, queue, key) });
  watchKind(cluster, deploymentKind, ({ object }) => queue.add(nameKey(object)));
  watchOwned(cluster, { child: ["apps/v1", "ReplicaSet"], owner: "Deployment" }, queue);
  // Recreate waits until the last old pod is gone, of which its ReplicaSet's status says nothing.
  watchKind(cluster, ["v1", "Pod"], ({ type, object }) => {
    const owner = controllerOf(object);
    if (type !== "DELETED" || owner?.kind !== "ReplicaSet") return;
    const set = cluster.api.find({ type: typeOf(cluster.api, "apps/v1", "ReplicaSet"), namespace: object.metadata.namespace ?? "", name: owner.name });
    const deployment = set && controllerOf(set);
    if (deployment) queue.add(`${object.metadata.namespace ?? ""}/${deployment.name}`);
  });
}

const deploymentKind = ["apps/v1", "Deployment"] as const;

function syncDeployment(cluster: Cluster, queue: WorkQueue, key: string): void {
  const deployment = findByKey(cluster, deploymentKind, key);
  if (deployment === undefined || isDeclared(deployment)) return;
  let sets = findReplicaSets(cluster, deployment);
  let isNew = false;
  if (!isDeleting(deployment) && [sets.current, ...sets.old].every(isObserved)) {
    ({ sets, isNew } = field(deployment, "spec", "paused") === true ? { sets, isNew } : rollOut(cluster, deployment, sets));
  }
  writeDeploymentStatus(cluster, queue, { deployment: findByKey(cluster, deploymentKind, key) ?? deployment, sets, isNew });
}

/** Before a ReplicaSet's status tells of its last change, a next one would be planned on old numbers. */
const isObserved = (set: KubernetesObject | undefined): boolean =>
  set === undefined || isDeclared(set) || numberAt(field(set, "status", "observedGeneration")) >= numberAt(set.metadata["generation"]);

type Rollout = { readonly sets: ReplicaSets; readonly isNew: boolean };

function rollOut(cluster: Cluster, deployment: KubernetesObject, sets: ReplicaSets): Rollout {
  const { old } = sets;
  const isRecreate = field(deployment, "spec", "strategy", "type") === "Recreate";
  const scaleAll = (scalings: readonly Scaling[]): void => {
    for (const scaling of scalings) scaleTo(cluster, deployment, scaling);
  };
  if (isRecreate && old.some((set) => replicasOf(set) > 0)) {
    scaleAll(old.filter((set) => replicasOf(set) > 0).map((set) => ({ set, replicas: 0 })));
    return { sets: findReplicaSets(cluster, deployment), isNew: false };
  }
  if (isRecreate && old.some((set) => podsOf(cluster, set).some((pod) => !isTerminated(pod)))) return { sets, isNew: false };
  const { current, isNew } = ensureCurrent(cluster, deployment, sets);
  const recreated = replicasOf(current) === replicasOf(deployment) ? [] : [{ set: current, replicas: replicasOf(deployment) }];
  scaleAll(isRecreate ? recreated : planRollingUpdate(deployment, current, old));
  deleteForgotten(cluster, deployment, old);
  return { sets: findReplicaSets(cluster, deployment), isNew };
}

function scaleTo(cluster: Cluster, deployment: KubernetesObject, { set, replicas }: Scaling): void {
  const before = replicasOf(set);
  const wanted = replicasOf(deployment);
  scaleReplicaSet(cluster, set, { replicas, wanted, most: wanted + findLeeway(deployment).surge });
  const message = `Scaled ${replicas > before ? "up" : "down"} replica set ${set.metadata.name} from ${before} to ${replicas}`;
  recordEvent(cluster.api, cluster.clock, { about: deployment, type: "Normal", reason: "ScalingReplicaSet", message, component: "deployment-controller" });
}

/** Of empty old ReplicaSets only so many of the newest are kept as a rollback may need. */
function deleteForgotten({ api }: Cluster, deployment: KubernetesObject, old: readonly KubernetesObject[]): void {
  const limit = numberAt(field(deployment, "spec", "revisionHistoryLimit"), 10);
  const empty = old.filter((set) => replicasOf(set) === 0 && numberAt(field(set, "status", "replicas")) === 0 && !isDeleting(set));
  for (const set of empty.toSorted((left, right) => revisionOf(right) - revisionOf(left)).slice(limit))
    api.delete(keyOf(api, set), { propagationPolicy: "Background" });
}
