import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { isDeclared, keyOf, typeOf } from "../../object-key.ts";
import { objectAt, objectsAt } from "../../object-fields.ts";
import { isDeleting, isTerminated } from "../../pod-state.ts";
import { renderTime } from "../../render-time.ts";
import { findMatchingVolume, isBound } from "../../volumes/match-volume.ts";
import { createWorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { findByKey, nameKey, watchKind } from "../controller.ts";
import { writeStatus } from "../write-status.ts";
import { explainWaiting } from "./explain-waiting.ts";

/** Binds claims to volumes that somebody made, tells why a claim waits, and lets go of what is used no more. Volumes are never provisioned here. */
export function startVolumeController(cluster: Cluster): void {
  const { api } = cluster;
  const claims = createWorkQueue({ ...cluster, work: (key) => syncClaim(cluster, key) });
  const volumes = createWorkQueue({ ...cluster, work: (key) => syncVolume(cluster, key) });
  const lookAtWaiting = (): void => {
    for (const claim of api.list(typeOf(api, ...claimKind))) if (!isBound(claim) || isDeleting(claim)) claims.add(nameKey(claim));
  };
  const volumeOf = (claim: KubernetesObject): string => text(field(claim, "spec", "volumeName"));
  watchKind(cluster, claimKind, ({ object }) => {
    claims.add(nameKey(object));
    if (volumeOf(object) !== "") volumes.add(`/${volumeOf(object)}`);
  });
  watchKind(cluster, volumeKind, ({ object }) => {
    volumes.add(nameKey(object));
    const reference = field(object, "spec", "claimRef");
    if (reference !== undefined) claims.add(`${text(field(reference, "namespace"))}/${text(field(reference, "name"))}`);
    lookAtWaiting();
  });
  watchKind(cluster, ["storage.k8s.io/v1", "StorageClass"], lookAtWaiting);
  watchKind(cluster, ["v1", "Pod"], ({ object }) => {
    for (const name of claimNames(object)) claims.add(`${object.metadata.namespace ?? ""}/${name}`);
  });
}

const claimKind = ["v1", "PersistentVolumeClaim"] as const;
const volumeKind = ["v1", "PersistentVolume"] as const;

const claimNames = (pod: KubernetesObject): readonly string[] =>
  objectsAt(field(pod, "spec", "volumes")).flatMap((volume) => text(field(volume, "persistentVolumeClaim", "claimName")) || []);

function syncClaim(cluster: Cluster, key: string): void {
  const { api } = cluster;
  const claim = findByKey(cluster, claimKind, key);
  if (claim === undefined || isDeclared(claim)) return;
  const users = api
    .list(typeOf(api, "v1", "Pod"), { namespace: claim.metadata.namespace ?? "" })
    .filter((pod) => claimNames(pod).includes(claim.metadata.name));
  if (isDeleting(claim)) {
    if (users.every(isTerminated)) dropFinalizer(cluster, claim, "kubernetes.io/pvc-protection");
    return;
  }
  if (isBound(claim)) return;
  const className = text(field(claim, "spec", "storageClassName"));
  const storageClass = className === "" ? undefined : api.find({ type: typeOf(api, "storage.k8s.io/v1", "StorageClass"), namespace: "", name: className });
  const volume = findMatchingVolume({ claim, volumes: api.list(typeOf(api, ...volumeKind)) });
  // Which volume a claim gets that waits for its pod is for the scheduler to say.
  const isForScheduler = field(storageClass, "volumeBindingMode") === "WaitForFirstConsumer" && field(volume, "spec", "claimRef") === undefined;
  if (volume !== undefined && !isForScheduler) bind(cluster, claim, volume);
  else explainWaiting(cluster, { claim, className, storageClass, users });
}

function bind(cluster: Cluster, claim: KubernetesObject, volume: KubernetesObject): void {
  const { api } = cluster;
  const { name, namespace, uid, resourceVersion } = claim.metadata;
  const mark = (object: KubernetesObject, names: readonly string[]): KubernetesObject["metadata"] => ({
    ...object.metadata,
    annotations: { ...object.metadata.annotations, ...Object.fromEntries(names.map((one) => [`pv.kubernetes.io/${one}`, "yes"])) },
  });
  if (field(volume, "spec", "claimRef", "uid") !== uid) {
    const claimRef: JsonObject = { apiVersion: "v1", kind: "PersistentVolumeClaim", name, namespace, uid, resourceVersion };
    api.modify(keyOf(api, volume), (old) => ({ ...old, metadata: mark(old, ["bound-by-controller"]), spec: { ...objectAt(old["spec"]), claimRef } }));
  }
  writePhase(cluster, volume, "Bound");
  const marks = field(claim, "spec", "volumeName") === undefined ? ["bind-completed", "bound-by-controller"] : ["bind-completed"];
  const bound = api.modify(keyOf(api, claim), (old) => ({
    ...old,
    metadata: mark(old, marks),
    spec: { ...objectAt(old["spec"]), volumeName: volume.metadata.name },
  }));
  const { accessModes, capacity } = objectAt(volume["spec"]);
  writeStatus(cluster, bound, { accessModes, capacity, phase: "Bound" });
}

function syncVolume(cluster: Cluster, key: string): void {
  const { api } = cluster;
  const volume = findByKey(cluster, volumeKind, key);
  if (volume === undefined || isDeclared(volume)) return;
  const reference = field(volume, "spec", "claimRef");
  const [namespace, name, uid] = ["namespace", "name", "uid"].map((part) => text(field(reference, part)));
  const claim = reference === undefined ? undefined : api.find({ type: typeOf(api, ...claimKind), namespace: namespace ?? "", name: name ?? "" });
  const isHeld = claim !== undefined && claim.metadata.uid === uid;
  if (isDeleting(volume) && !isHeld) dropFinalizer(cluster, volume, "kubernetes.io/pv-protection");
  else if (reference === undefined || uid === "") writePhase(cluster, volume, "Available");
  else if (!isHeld) writePhase(cluster, volume, "Released");
}

function writePhase(cluster: Cluster, volume: KubernetesObject, phase: string): void {
  if (field(volume, "status", "phase") === phase) return;
  const current = cluster.api.find(keyOf(cluster.api, volume));
  if (current !== undefined) writeStatus(cluster, current, { ...objectAt(current["status"]), phase, lastPhaseTransitionTime: renderTime(cluster.clock.now()) });
}

function dropFinalizer({ api }: Cluster, object: KubernetesObject, finalizer: string): void {
  const finalizers = list(object.metadata["finalizers"]).map(String);
  if (!finalizers.includes(finalizer)) return;
  api.modify(keyOf(api, object), (old) => ({ ...old, metadata: { ...old.metadata, finalizers: finalizers.filter((one) => one !== finalizer) } }));
}
