import { isDeepStrictEqual } from "node:util";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { findLabelValueProblems } from "../../../../core/kubernetes/names.ts";
import { nanosOf } from "../../../../core/kubernetes/quantity.ts";
import type { Causes } from "../../causes.ts";
import type { Check } from "./check.ts";
import { forbidden, invalidValue, none, oneOf, required, when } from "../../causes.ts";
import { validateLabelSelector } from "./labels.ts";
import { validateResourceName } from "./resources.ts";
import { effects } from "./scheduling.ts";
import { cidr, finalizerName, nonNegative, numberOrPercent, qualifiedName } from "./value-rules.ts";

/** What a cluster is governed by. Source: k8s.io/kubernetes, pkg/apis/core, policy, scheduling and coordination. */
export const clusterChecks: Readonly<Record<string, Check>> = {
  "/Namespace": { create: (object) => list(field(object, "spec", "finalizers")).flatMap((finalizer) => finalizerName("spec.finalizers", text(finalizer))) },
  "/Node": { create: validateNode },
  "/ResourceQuota": { create: (object) => validateQuota(field(object, "spec")) },
  "/Event": { create: validateEvent },
  "policy/PodDisruptionBudget": { create: (object) => validateBudget(field(object, "spec")) },
  "scheduling.k8s.io/PriorityClass": { create: validatePriority, update: validatePriorityUpdate },
  "coordination.k8s.io/Lease": { create: (object) => validateLease(field(object, "spec")) },
};

function validateNode(node: unknown): Causes {
  const seen = new Set<string>();
  const taints = list(field(node, "spec", "taints"));
  return [
    // The API server says metadata.
    ...taints.flatMap((taint, index) => {
      const path = `metadata.taints[${index}]`;
      const [key, value, effect] = [text(field(taint, "key")), text(field(taint, "value")), text(field(taint, "effect"))];
      const isKnown = seen.has(`${key} ${effect}`);
      seen.add(`${key} ${effect}`);
      const quoted = JSON.stringify({ Key: key, Value: value, Effect: effect, TimeAdded: null });
      const message = `Duplicate value: ${quoted}: taints must be unique by key and effect pair`;
      return [
        ...qualifiedName(`${path}.key`, key),
        ...when(findLabelValueProblems(value).length > 0, () => invalidValue(`${path}.value`, value, findLabelValueProblems(value).join(";"))),
        ...(effect === "" ? required(`${path}.effect`) : oneOf(`${path}.effect`, effect, effects)),
        ...when(isKnown, () => [{ reason: "FieldValueDuplicate", field: path, message }]),
      ];
    }),
    ...list(field(node, "spec", "podCIDRs")).flatMap((block, index) => cidr(`spec.podCIDRs[${index}]`, text(block))),
  ];
}

const quotaNames = new Set(
  (
    "pods services replicationcontrollers resourcequotas secrets configmaps persistentvolumeclaims services.nodeports services.loadbalancers requests.cpu requests.memory " +
    "requests.storage requests.ephemeral-storage limits.cpu limits.memory limits.ephemeral-storage storage"
  ).split(" "),
);
const wholeNames = new Set([
  "pods",
  "services",
  "replicationcontrollers",
  "resourcequotas",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "services.nodeports",
  "services.loadbalancers",
]);
const scopes = ["Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity", "VolumeAttributesClass"];

function validateQuota(spec: unknown): Causes {
  const given = list(field(spec, "scopes"));
  return [
    ...Object.entries(field(spec, "hard") ?? {}).flatMap(([name, amount]) => {
      const path = `spec.hard[${name}]`;
      const nanos = nanosOf(amount);
      const known = /^(requests|limits)\.hugepages-/.test(name) ? new Set([name]) : quotaNames;
      return [
        ...validateResourceName(path, name, { problem: "must be a standard resource for quota", known }),
        ...when(nanos < 0n, () => invalidValue(path, amount, "must be greater than or equal to 0")),
        ...when(wholeNames.has(name) && nanos % 1_000_000_000n !== 0n, () => invalidValue(path, amount, "must be an integer")),
      ];
    }),
    ...given.flatMap((scope) => (scopes.includes(text(scope)) ? none : invalidValue("spec.scopes", given, "unsupported scope"))),
  ];
}

function validateEvent(event: unknown): Causes {
  const [own, involved] = [text(field(event, "metadata", "namespace")), text(field(event, "involvedObject", "namespace"))];
  const isNamespaced = involved !== "";
  return when(isNamespaced && own !== involved, () => invalidValue("involvedObject.namespace", involved, "does not match event.namespace"));
}

function validateBudget(spec: unknown): Causes {
  const [available, unavailable] = [field(spec, "minAvailable"), field(spec, "maxUnavailable")];
  if (available !== undefined && unavailable !== undefined) {
    const policy = field(spec, "unhealthyPodEvictionPolicy") ?? null;
    const quoted = { MinAvailable: available, Selector: field(spec, "selector") ?? null, MaxUnavailable: unavailable, UnhealthyPodEvictionPolicy: policy };
    return invalidValue("spec", quoted, "minAvailable and maxUnavailable cannot be both set");
  }
  return [
    ...numberOrPercent("spec.minAvailable", available),
    ...numberOrPercent("spec.maxUnavailable", unavailable),
    ...validateLabelSelector("spec.selector", field(spec, "selector")),
    ...oneOf("spec.unhealthyPodEvictionPolicy", field(spec, "unhealthyPodEvictionPolicy"), ["AlwaysAllow", "IfHealthyBudget"]),
  ];
}

function validatePriority(object: unknown): Causes {
  const isSystem = text(field(object, "metadata", "name")).startsWith("system-");
  const tooHigh = Number(field(object, "value") ?? 0) > 1_000_000_000;
  return [
    ...when(tooHigh && !isSystem, () => forbidden("value", "maximum allowed value of a user defined priority is 1000000000")),
    ...oneOf("preemptionPolicy", field(object, "preemptionPolicy"), ["PreemptLowerPriority", "Never"]),
  ];
}

function validatePriorityUpdate(object: unknown, old: unknown): Causes {
  const [now, before] = [field(object, "preemptionPolicy"), field(old, "preemptionPolicy")];
  return [
    ...when(field(object, "value") !== field(old, "value"), () => forbidden("value", "may not be changed in an update.")),
    ...when(!isDeepStrictEqual(now, before), () => invalidValue("preemptionPolicy", now, "field is immutable")),
  ];
}

function validateLease(spec: unknown): Causes {
  const seconds = field(spec, "leaseDurationSeconds");
  return [
    ...when(typeof seconds === "number" && seconds <= 0, () => invalidValue("spec.leaseDurationSeconds", seconds, "must be greater than 0")),
    ...nonNegative("spec.leaseTransitions", field(spec, "leaseTransitions")),
  ];
}
