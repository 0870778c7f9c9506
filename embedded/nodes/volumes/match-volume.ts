import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import { isSelected } from "../../../core/kubernetes/label-selector.ts";
import { isNodeSelected } from "../../../core/kubernetes/node-selection.ts";
import { nanosOf } from "../../../core/kubernetes/quantity.ts";
import { stringsAt } from "../object-fields.ts";
import { isDeleting } from "../pod-state.ts";

/**
 * The smallest volume that a claim may be bound to, on a node if one is given: right class, mode, access, labels and size, and promised to nobody else.
 * Source: k8s.io/component-helpers, storage/volume/pv_helpers.go.
 */
export function findMatchingVolume({ claim, volumes, node }: VolumeSearch): KubernetesObject | undefined {
  const fitting = volumes.filter((volume) => isFitting(claim, volume) && (node === undefined || isReachable(volume, node)));
  const promised = fitting.find((volume) => field(volume, "spec", "claimRef") !== undefined);
  return promised ?? fitting.toSorted((left, right) => Number(capacityOf(left) - capacityOf(right)))[0];
}

export type VolumeSearch = { readonly claim: KubernetesObject; readonly volumes: readonly KubernetesObject[]; readonly node?: KubernetesObject };

/** Whether a volume's required node affinity, if it has one, chooses a node. */
export function isReachable(volume: KubernetesObject, node: KubernetesObject): boolean {
  const required = field(volume, "spec", "nodeAffinity", "required");
  return required === undefined || isNodeSelected(node, { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } } });
}

/** Whether a volume is promised to a claim: by name before it is bound, by uid afterwards. */
export function isPromisedTo(volume: unknown, claim: KubernetesObject): boolean {
  const reference = field(volume, "spec", "claimRef");
  const uid = text(field(reference, "uid"));
  const isNamed = field(reference, "name") === claim.metadata.name && field(reference, "namespace") === claim.metadata.namespace;
  return isNamed && (uid === "" || uid === claim.metadata.uid);
}

/** Whether a claim has its volume, and not only asks for one by name. */
export const isBound = (claim: KubernetesObject): boolean =>
  text(field(claim, "spec", "volumeName")) !== "" &&
  (claim.metadata.annotations?.["pv.kubernetes.io/bind-completed"] !== undefined || field(claim, "status", "phase") === "Bound");

const capacityOf = (volume: unknown): bigint => nanosOf(field(volume, "spec", "capacity", "storage"));

function isFitting(claim: KubernetesObject, volume: KubernetesObject): boolean {
  if (isDeleting(volume)) return false;
  if (field(volume, "spec", "claimRef") !== undefined ? !isPromisedTo(volume, claim) : field(volume, "status", "phase") !== "Available") return false;
  const asked = text(field(claim, "spec", "volumeName"));
  if (asked !== "" && asked !== volume.metadata.name) return false;
  const offered = list(field(volume, "spec", "accessModes"));
  const selector = field(claim, "spec", "selector");
  return (
    text(field(volume, "spec", "storageClassName")) === text(field(claim, "spec", "storageClassName")) &&
    (field(volume, "spec", "volumeMode") ?? "Filesystem") === (field(claim, "spec", "volumeMode") ?? "Filesystem") &&
    list(field(claim, "spec", "accessModes")).every((mode) => offered.includes(mode)) &&
    (selector === undefined || isSelected(selector, stringsAt(volume.metadata.labels))) &&
    capacityOf(volume) >= nanosOf(field(claim, "spec", "resources", "requests", "storage"))
  );
}
