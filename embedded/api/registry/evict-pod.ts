import { isJsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import { isSelected } from "../../../core/kubernetes/label-selector.ts";
import { renderTime } from "../../nodes/render-time.ts";
import { forbidden, StatusError } from "../status-error.ts";
import type { ObjectKey } from "../store/store.ts";
import type { RegistryContext } from "./registry-context.ts";
import { partOf } from "./strategies/strategy.ts";

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
    throw new StatusError({ code: 500, reason: "", message });
  }
  if (budget === undefined) return undefined;
  const { name, namespace = "" } = budget.metadata;
  const status = partOf(budget, "status");
  const { disruptionsAllowed, desiredHealthy, currentHealthy, observedGeneration } = numbersOf(status);
  const canSpare = currentHealthy >= desiredHealthy && desiredHealthy > 0;
  if (!isReady(pod) && (canSpare || field(budget, "spec", "unhealthyPodEvictionPolicy") === "AlwaysAllow")) return undefined;
  if (observedGeneration < Number(budget.metadata["generation"] ?? 0))
    throw refuse(`The disruption budget ${name} is still being processed by the server.`, 10);
  if (disruptionsAllowed < 0) throw forbidden({ ...type, plural: "poddisruptionbudget" }, name, "pdb disruptions allowed is negative");
  if (disruptionsAllowed === 0) throw refuse(`The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`, 0);
  const disruptedPods = { ...partOf(status, "disruptedPods"), [pod.metadata.name]: renderTime(clock.now()) };
  return { key: { type, namespace, name }, object: { ...budget, status: { ...status, disruptionsAllowed: disruptionsAllowed - 1, disruptedPods } } };
}

/** The pod with the word that it goes because somebody evicts it. */
export function withDisruption(pod: KubernetesObject, now: Date): KubernetesObject {
  const status = partOf(pod, "status");
  const conditions = list(status["conditions"]).filter(isJsonObject);
  const isTold = conditions.some(({ type, status: is }) => type === "DisruptionTarget" && is === "True");
  if (isTold) return pod;
  const told = { type: "DisruptionTarget", status: "True", reason: "EvictionByEvictionAPI", message: "Eviction API: evicting" };
  const condition = { ...told, lastProbeTime: null, lastTransitionTime: renderTime(now) };
  return { ...pod, status: { ...status, conditions: [...conditions.filter(({ type }) => type !== "DisruptionTarget"), condition] } };
}

/** It is no loss, or none any more. */
const isLost = (pod: KubernetesObject): boolean =>
  pod.metadata.deletionTimestamp !== undefined || ["Succeeded", "Failed", "Pending"].includes(text(field(pod, "status", "phase")));

function isCovering(budget: KubernetesObject, pod: KubernetesObject): boolean {
  const selector = field(budget, "spec", "selector");
  const isEmpty = Object.keys(field(selector, "matchLabels") ?? {}).length === 0 && list(field(selector, "matchExpressions")).length === 0;
  return !isEmpty && isSelected(selector, pod.metadata.labels);
}

const isReady = (pod: KubernetesObject): boolean =>
  list(field(pod, "status", "conditions")).some((condition) => field(condition, "type") === "Ready" && field(condition, "status") === "True");

function numbersOf(status: unknown): { readonly [name in "disruptionsAllowed" | "desiredHealthy" | "currentHealthy" | "observedGeneration"]: number } {
  const read = (name: string): number => Number(field(status, name) ?? 0);
  return {
    disruptionsAllowed: read("disruptionsAllowed"),
    desiredHealthy: read("desiredHealthy"),
    currentHealthy: read("currentHealthy"),
    observedGeneration: read("observedGeneration"),
  };
}

function refuse(message: string, retryAfterSeconds: number): StatusError {
  return new StatusError({
    code: 429,
    reason: "TooManyRequests",
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: { causes: [{ reason: "DisruptionBudget", message }], ...(retryAfterSeconds === 0 ? {} : { retryAfterSeconds }) },
  });
}
