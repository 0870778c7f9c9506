import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field } from "../../../core/kubernetes/field.ts";
import { definedFields, objectAt } from "../../objects/object-fields.ts";
import { keyOf, typeOf } from "../../objects/object-key.ts";
import { recordEvent } from "../record-event.ts";
import type { Cluster } from "./controller.ts";
import { writeStatus } from "./write-status.ts";

/**
 * A StorageClass with this provisioner gives each claim a folder of the machine that the cluster runs on, the same for every node. It is honest about no
 * size and no access mode: whoever mounts the claim sees the folder, and it is removed with the cluster only.
 */
export const folderProvisioner = "asdic.dev/folder";

/** The name of a claim's volume, and of its folder. */
export const volumeNameOf = ({ metadata }: KubernetesObject): string => `pvc-${metadata.uid ?? ""}`;

/** Makes a claim's volume and binds them to each other. */
export function provisionVolume(cluster: Cluster, claim: KubernetesObject, { metadata: { name: storageClassName } }: KubernetesObject): void {
  const { api, clock } = cluster;
  const { name, namespace, uid } = claim.metadata;
  const type = typeOf(api, "v1", "PersistentVolume");
  const { accessModes, resources } = objectAt(claim["spec"]);
  const capacity = objectAt(objectAt(resources)["requests"]);
  const volume = volumeNameOf(claim);
  const claimRef = { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name, uid };
  const csi = { driver: folderProvisioner, volumeHandle: volume };
  const spec = definedFields({ capacity, accessModes, claimRef, storageClassName, csi, persistentVolumeReclaimPolicy: "Delete" });
  if (api.find({ type, namespace: "", name: volume }) === undefined)
    writeStatus(cluster, api.create(type, { apiVersion: "v1", kind: "PersistentVolume", metadata: { name: volume }, spec }), { phase: "Bound" });
  const bound = api.modify(keyOf(api, claim), (old) => ({ ...old, spec: { ...objectAt(old["spec"]), volumeName: volume } }));
  writeStatus(cluster, bound, definedFields({ phase: "Bound", accessModes, capacity }));
  const message = `Successfully provisioned volume ${volume}`;
  recordEvent(api, clock, { about: claim, type: "Normal", reason: "ProvisioningSucceeded", message, component: folderProvisioner });
}

/** Removes the volume of a claim that is gone, if it was made here. */
export function removeVolume({ api }: Cluster, claim: KubernetesObject): void {
  const key = { type: typeOf(api, "v1", "PersistentVolume"), namespace: "", name: volumeNameOf(claim) };
  const volume = api.find(key);
  if (volume !== undefined && field(volume, "spec", "csi", "driver") === folderProvisioner) api.delete(key);
}
