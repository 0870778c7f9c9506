import type { KubernetesObject, OwnerReference } from "../../core/contract/kubernetes-object.ts";
import { field, text } from "../../core/kubernetes/field.ts";
import { findCondition, isConditionTrue } from "./conditions.ts";
import { parseTime } from "./render-time.ts";
import type { JsonObject } from "../../core/contract/json.ts";
import { objectsAt } from "./object-fields.ts";

/** A pod's phase; one that nobody has looked at yet is Pending. */
export const phaseOf = (pod: unknown): string => text(field(pod, "status", "phase")) || "Pending";

/** Whether all of a pod's containers have ended for good. */
export const isTerminated = (pod: unknown): boolean => ["Succeeded", "Failed"].includes(phaseOf(pod));

/** Whether somebody has deleted it, though it may still run. */
export const isDeleting = (object: KubernetesObject): boolean => object.metadata.deletionTimestamp !== undefined;

/** Whether a pod counts as one of its controller's: it neither ended nor is it being deleted. */
export const isActive = (pod: KubernetesObject): boolean => !isTerminated(pod) && !isDeleting(pod);

/** Whether its condition Ready is True. */
export const isPodReady = (pod: unknown): boolean => isConditionTrue(pod, "Ready");

/** The node a pod was given to; empty before. */
export const nodeNameOf = (pod: unknown): string => text(field(pod, "spec", "nodeName"));

/** The one owner that controls an object. */
export const controllerOf = (object: KubernetesObject): OwnerReference | undefined =>
  object.metadata.ownerReferences?.find(({ controller }) => controller === true);

/** From when on a pod counts as available, in milliseconds: so many seconds after it got ready; undefined while it isn't ready. */
export function availableAt(pod: unknown, minReadySeconds: number): number | undefined {
  const ready = findCondition(pod, "Ready");
  if (ready?.["status"] !== "True") return undefined;
  return minReadySeconds === 0 ? 0 : (parseTime(ready["lastTransitionTime"]) ?? 0) + minReadySeconds * 1000;
}

/** A pod's containers that run side by side: its own, and the init containers that stay. */
export const stayingContainersOf = (pod: unknown): readonly JsonObject[] => [
  ...objectsAt(field(pod, "spec", "containers")),
  ...objectsAt(field(pod, "spec", "initContainers")).filter(isSidecar),
];

/** Whether an init container runs beside the pod's containers until they have ended. */
const isSidecar = (container: unknown): boolean => field(container, "restartPolicy") === "Always";
