import type { KubernetesObject, OwnerReference } from "../../core/contract/kubernetes-object.ts";
import { field, text } from "../../core/kubernetes/field.ts";
import { isTrue } from "./conditions.ts";

/** A pod's phase; one that nobody has looked at yet is Pending. */
export const phaseOf = (pod: unknown): string => text(field(pod, "status", "phase")) || "Pending";

/** Whether all of a pod's containers have ended for good. */
export const isTerminated = (pod: unknown): boolean => ["Succeeded", "Failed"].includes(phaseOf(pod));

/** Whether somebody has deleted it, though it may still run. */
export const isDeleting = (object: KubernetesObject): boolean => object.metadata.deletionTimestamp !== undefined;

/** Whether a pod counts as one of its controller's: it neither ended nor is it being deleted. */
export const isActive = (pod: KubernetesObject): boolean => !isTerminated(pod) && !isDeleting(pod);

/** Whether its condition Ready is True. */
export const isPodReady = (pod: unknown): boolean => isTrue(pod, "Ready");

/** The node a pod was given to; empty before. */
export const nodeNameOf = (pod: unknown): string => text(field(pod, "spec", "nodeName"));

/** The one owner that controls an object. */
export const controllerOf = (object: KubernetesObject): OwnerReference | undefined =>
  object.metadata.ownerReferences?.find(({ controller }) => controller === true);
