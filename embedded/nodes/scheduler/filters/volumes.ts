import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../../core/kubernetes/field.ts";
import { objectsAt } from "../../object-fields.ts";
import { isDeleting } from "../../pod-state.ts";
import { findMatchingVolume, isBound, isReachable } from "../../volumes/match-volume.ts";
import type { Filter } from "../filter.ts";
import { finalMisfit } from "../filter.ts";

/** The cluster's storage as it is now. */
export type VolumeView = {
  readonly claim: (namespace: string, name: string) => KubernetesObject | undefined;
  readonly volume: (name: string) => KubernetesObject | undefined;
  readonly volumes: () => readonly KubernetesObject[];
  readonly storageClass: (name: string) => KubernetesObject | undefined;
};

/** What has to be done for a claim before its pod can go to a node that was chosen. */
export type VolumeStep = { readonly claim: KubernetesObject; readonly volume?: KubernetesObject };

/**
 * Why a pod can go nowhere because of its claims; undefined if they leave it a choice.
 * Source: kube-scheduler, plugins/volumebinding/volume_binding.go (PreFilter).
 */
export function findVolumeObstacle(pod: KubernetesObject, view: VolumeView): string | undefined {
  for (const name of claimNames(pod)) {
    const claim = view.claim(pod.metadata.namespace ?? "", name);
    if (claim === undefined) return `persistentvolumeclaim ${JSON.stringify(name)} not found`;
    if (field(claim, "status", "phase") === "Lost")
      return `persistentvolumeclaim ${JSON.stringify(name)} bound to non-existent persistentvolume ${JSON.stringify(text(field(claim, "spec", "volumeName")))}`;
    if (isDeleting(claim)) return `persistentvolumeclaim ${JSON.stringify(name)} is being deleted`;
    if (!isBound(claim) && !isWaiting(claim, view)) return "pod has unbound immediate PersistentVolumeClaims";
  }
  return undefined;
}

/** Bound volumes must be reachable from the node, and waiting claims need one there, or somebody who makes it. */
export const filterVolumes: Filter = (pod, { node }, { volumes: view }) => {
  const reasons = new Set<string>();
  for (const claim of claimsOf(pod, view)) {
    if (!isBound(claim)) {
      if (findMatchingVolume({ claim, volumes: view.volumes(), node }) === undefined && !isProvisioned(claim, view)) {
        reasons.add("node(s) didn't find available persistent volumes to bind");
      }
      continue;
    }
    const volume = view.volume(text(field(claim, "spec", "volumeName")));
    if (volume === undefined) reasons.add("node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
    else if (!isReachable(volume, node)) reasons.add("node(s) didn't match PersistentVolume's node affinity");
  }
  return reasons.size === 0 ? undefined : finalMisfit(...reasons);
};

/** The claims that wait for this pod's node: with the volume to bind, or without for those that are made on demand. */
export const planVolumes = (pod: KubernetesObject, node: KubernetesObject, view: VolumeView): readonly VolumeStep[] =>
  claimsOf(pod, view)
    .filter((claim) => !isBound(claim))
    .map((claim) => {
      const volume = findMatchingVolume({ claim, volumes: view.volumes(), node });
      return volume === undefined ? { claim } : { claim, volume };
    });

const claimNames = (pod: KubernetesObject): readonly string[] =>
  objectsAt(field(pod, "spec", "volumes"))
    .map((volume) => text(field(volume, "persistentVolumeClaim", "claimName")))
    .filter((name) => name !== "");

const claimsOf = (pod: KubernetesObject, view: VolumeView): readonly KubernetesObject[] =>
  claimNames(pod).flatMap((name) => view.claim(pod.metadata.namespace ?? "", name) ?? []);

const classOf = (claim: KubernetesObject, view: VolumeView): KubernetesObject | undefined => {
  const name = text(field(claim, "spec", "storageClassName"));
  return name === "" ? undefined : view.storageClass(name);
};

const isWaiting = (claim: KubernetesObject, view: VolumeView): boolean => field(classOf(claim, view), "volumeBindingMode") === "WaitForFirstConsumer";

const isProvisioned = (claim: KubernetesObject, view: VolumeView): boolean => {
  const provisioner = text(field(classOf(claim, view), "provisioner"));
  return provisioner !== "" && provisioner !== "kubernetes.io/no-provisioner";
};
