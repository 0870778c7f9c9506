import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, list } from "../../../core/kubernetes/field.ts";
import { isSelected } from "../../../core/kubernetes/label-selector.ts";
import { renderTime } from "../../objects/render-time.ts";
import { failure, forbidden, StatusError } from "../status-error.ts";
import type { ObjectKey } from "../store/store.ts";
import type { RegistryContext } from "./registry-context.ts";
import { numberAt, objectAt } from "../../objects/object-fields.ts";
import { isDeleting, isPodReady, isTerminated, phaseOf } from "../../objects/pod-state.ts";
import { isConditionTrue, withCondition } from "../../objects/conditions.ts";

/**
 * What an eviction of a pod changes in its disruption budget: the budget's next state, or undefined if none has to allow it. Throws StatusError where one does not.
 * Source: pkg/registry/core/pod/storage/eviction.go.
 */
export function spendBudget(
  { store, types, clock }: RegistryContext,
  pod: KubernetesObject,
): { readonly key: ObjectKey; readonly object: KubernetesObject } | undefined {
  const type = types.ofKind("policy/v1", "PodDisruptionBudget");
  if (type === undefined || isLost(pod)) return undefined;
  const budgets = store.list(type, pod.metadata.namespace).filter((one) => isCovering(one, pod));
  const [budget, second] = budgets;
  if (second !== undefined) {
    const message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
    throw failure(message);
  }
  if (budget === undefined) return undefined;
  const { name, namespace = "" } = budget.metadata;
  const status = objectAt(budget["status"]);
  const [disruptionsAllowed = 0, desiredHealthy = 0, currentHealthy = 0, observedGeneration = 0] = numberNames.map((key) => numberAt(status[key]));
  const canSpare = currentHealthy >= desiredHealthy && desiredHealthy > 0;
  if (!isPodReady(pod) && (canSpare || field(budget, "spec", "unhealthyPodEvictionPolicy") === "AlwaysAllow")) return undefined;
  if (observedGeneration < Number(budget.metadata["generation"] ?? 0))
    throw refuse(`The disruption budget ${name} is still being processed by the server.`, 10);
  if (disruptionsAllowed < 0) throw forbidden({ ...type, plural: "poddisruptionbudget" }, name, "pdb disruptions allowed is negative");
  if (disruptionsAllowed === 0) throw refuse(`The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`, 0);
  const disruptedPods = { ...objectAt(status["disruptedPods"]), [pod.metadata.name]: renderTime(clock.now()) };
  return { key: { type, namespace, name }, object: { ...budget, status: { ...status, disruptionsAllowed: disruptionsAllowed - 1, disruptedPods } } };
}

const numberNames = ["disruptionsAllowed", "desiredHealthy", "currentHealthy", "observedGeneration"];

/** The pod with the word that it goes because somebody evicts it. */
export function withDisruption(pod: KubernetesObject, now: Date): KubernetesObject {
  if (isConditionTrue(pod, "DisruptionTarget")) return pod;
  const condition = {
    type: "DisruptionTarget",
    status: "True",
    reason: "EvictionByEvictionAPI",
    message: "Eviction API: evicting",
    lastProbeTime: null,
  } as const;
  return { ...pod, status: { ...objectAt(pod["status"]), conditions: withCondition(pod, condition, now) } };
}

/** It is no loss, or none any more. */
const isLost = (pod: KubernetesObject): boolean => isDeleting(pod) || isTerminated(pod) || phaseOf(pod) === "Pending";

function isCovering(budget: KubernetesObject, pod: KubernetesObject): boolean {
  const selector = field(budget, "spec", "selector");
  const isEmpty = Object.keys(field(selector, "matchLabels") ?? {}).length === 0 && list(field(selector, "matchExpressions")).length === 0;
  return !isEmpty && isSelected(selector, pod.metadata.labels);
}

function refuse(message: string, retryAfterSeconds: number): StatusError {
  return new StatusError({
    code: 429,
    reason: "TooManyRequests",
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: { causes: [{ reason: "DisruptionBudget", message }], ...(retryAfterSeconds === 0 ? {} : { retryAfterSeconds }) },
  });
}
