import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../core/kubernetes/field.ts";
import { isDeclared, typeOf } from "../../objects/object-key.ts";
import { isDeleting } from "../../objects/pod-state.ts";
import { recordEvent } from "../record-event.ts";
import { createWorkQueue } from "../work-queue.ts";
import type { Cluster } from "./controller.ts";
import { findByKey, nameKey, watchKind } from "./controller.ts";
import { folderProvisioner, provisionVolume, removeVolume } from "./provision-volume.ts";

/** Gives each volume claim of our own provisioner a folder, and tells of the others why they wait. Source: kube-controller-manager, pkg/controller/volume/persistentvolume. */
export function startClaimController(cluster: Cluster): void {
  const queue = createWorkQueue({ ...cluster, work: (key) => provide(cluster, key) });
  watchKind(cluster, claimKind, ({ type, object }) => {
    if (type === "ADDED") queue.add(nameKey(object));
    if (type === "DELETED") removeVolume(cluster, object);
  });
}

const claimKind = ["v1", "PersistentVolumeClaim"] as const;

function provide(cluster: Cluster, key: string): void {
  const { api, clock } = cluster;
  const claim = findByKey(cluster, claimKind, key);
  if (claim === undefined || isDeclared(claim) || isDeleting(claim)) return;
  const className = text(field(claim, "spec", "storageClassName"));
  const storageClass = api.find({ type: typeOf(api, "storage.k8s.io/v1", "StorageClass"), namespace: "", name: className });
  if (storageClass !== undefined && field(storageClass, "provisioner") === folderProvisioner) return provisionVolume(cluster, claim, storageClass);
  recordEvent(api, clock, { about: claim, ...findReason(className, storageClass), component: "persistentvolume-controller" });
}

function findReason(
  className: string,
  storageClass: KubernetesObject | undefined,
): { readonly type: "Normal" | "Warning"; readonly reason: string; readonly message: string } {
  if (className === "")
    return { type: "Normal", reason: "FailedBinding", message: "no persistent volumes available for this claim and no storage class is set" };
  if (storageClass === undefined)
    return { type: "Warning", reason: "ProvisioningFailed", message: `storageclass.storage.k8s.io ${JSON.stringify(className)} not found` };
  const provisioner = text(field(storageClass, "provisioner"));
  const message = `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`;
  return { type: "Normal", reason: "ExternalProvisioning", message };
}
