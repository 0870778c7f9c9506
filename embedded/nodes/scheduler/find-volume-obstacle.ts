import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../core/kubernetes/field.ts";
import { objectsAt } from "../../objects/object-fields.ts";
import { isDeleting } from "../../objects/pod-state.ts";

/** Why a pod can go nowhere because of a claim; undefined if it has none that stands in the way. Source: kube-scheduler, plugins/volumebinding/volume_binding.go (PreFilter). */
export function findVolumeObstacle(pod: KubernetesObject, findClaim: (namespace: string, name: string) => KubernetesObject | undefined): string | undefined {
  for (const name of objectsAt(field(pod, "spec", "volumes")).map((volume) => text(field(volume, "persistentVolumeClaim", "claimName")))) {
    if (name === "") continue;
    const claim = findClaim(pod.metadata.namespace ?? "", name);
    if (claim === undefined) return `persistentvolumeclaim ${JSON.stringify(name)} not found`;
    if (isDeleting(claim)) return `persistentvolumeclaim ${JSON.stringify(name)} is being deleted`;
    if (field(claim, "status", "phase") !== "Bound") return "pod has unbound immediate PersistentVolumeClaims";
  }
  return undefined;
}
