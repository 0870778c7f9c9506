import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../core/kubernetes/field.ts";
import { isDeclared } from "../object-key.ts";
import { numberAt, objectAt } from "../object-fields.ts";
import { controllerOf, isDeleting, isPodReady, isTerminated } from "../pod-state.ts";
import { createWorkQueue } from "../work-queue.ts";
import type { Cluster } from "./controller.ts";
import { findByKey, nameKey, watchKind } from "./controller.ts";
import { createPod, deletePod, isNamespaceEnding, podsOf } from "./owned-pods.ts";
import { writeStatus } from "./write-status.ts";

/** Keeps the numbered pods of each StatefulSet, one after the other, and its status. Volume claims are not made, and a changed template reaches only pods that are made later. */
export function startStatefulSetController(cluster: Cluster): void {
  const queue = createWorkQueue({ ...cluster, work: (key) => syncStatefulSet(cluster, key) });
  watchKind(cluster, statefulSetKind, ({ object }) => queue.add(nameKey(object)));
  watchKind(cluster, ["v1", "Pod"], ({ object }) => {
    const owner = controllerOf(object);
    if (owner?.kind === "StatefulSet") queue.add(`${object.metadata.namespace ?? ""}/${owner.name}`);
  });
}

const statefulSetKind = ["apps/v1", "StatefulSet"] as const;
const component = "statefulset-controller";

function syncStatefulSet(cluster: Cluster, key: string): void {
  const owner = findByKey(cluster, statefulSetKind, key);
  if (owner === undefined || isDeclared(owner)) return;
  let refusal: Error | undefined;
  try {
    if (!isDeleting(owner)) takeStep(cluster, owner);
  } catch (error) {
    refusal = error instanceof Error ? error : new Error(String(error));
  }
  const pods = podsOf(cluster, owner);
  const ready = pods.filter(isPodReady).length;
  writeStatus(cluster, owner, {
    ...objectAt(owner["status"]),
    replicas: pods.length,
    currentReplicas: positive(pods.length),
    updatedReplicas: positive(pods.length),
    readyReplicas: positive(ready),
    availableReplicas: ready,
    observedGeneration: numberAt(owner.metadata["generation"]),
    collisionCount: 0,
  });
  if (refusal !== undefined && !isNamespaceEnding(refusal)) throw refusal;
}

/** One pod is made or taken away at a time, the next when that is done, unless all may come at once. */
function takeStep(cluster: Cluster, owner: KubernetesObject): void {
  const pods = podsOf(cluster, owner);
  const isParallel = field(owner, "spec", "podManagementPolicy") === "Parallel";
  const wanted = numberAt(field(owner, "spec", "replicas"), 1);
  for (let ordinal = 0; ordinal < wanted; ordinal += 1) {
    const name = `${owner.metadata.name}-${ordinal}`;
    const pod = pods.find(({ metadata }) => metadata.name === name);
    if (pod === undefined) createPod(cluster, { owner, component, adapt: (made) => numbered(owner, made, ordinal) });
    else if (isTerminated(pod) && !isDeleting(pod)) deletePod(cluster, { pod, owner, component });
    if ((pod === undefined || !isPodReady(pod) || isDeleting(pod)) && !isParallel) return;
  }
  const ordinalOf = ({ metadata }: KubernetesObject): number => Number(metadata.name.slice(owner.metadata.name.length + 1));
  const extra = pods.filter((pod) => ordinalOf(pod) >= wanted).toSorted((left, right) => ordinalOf(right) - ordinalOf(left));
  for (const pod of isParallel ? extra : extra.slice(0, 1)) if (!isDeleting(pod)) deletePod(cluster, { pod, owner, component });
}

function numbered(owner: KubernetesObject, { metadata, ...pod }: KubernetesObject, ordinal: number): KubernetesObject {
  const { generateName: _, ...others } = metadata;
  const name = `${owner.metadata.name}-${ordinal}`;
  const labels = { ...metadata.labels, "apps.kubernetes.io/pod-index": String(ordinal), "statefulset.kubernetes.io/pod-name": name };
  const subdomain = text(field(owner, "spec", "serviceName"));
  return { ...pod, metadata: { ...others, name, labels }, spec: { ...objectAt(pod["spec"]), hostname: name, ...(subdomain === "" ? {} : { subdomain }) } };
}

const positive = (count: number): number | undefined => (count === 0 ? undefined : count);
