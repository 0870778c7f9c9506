import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../core/kubernetes/field.ts";
import { nanosOf, parseQuantity, renderQuantity } from "../../../core/kubernetes/quantity.ts";
import type { Quantity } from "../../../core/kubernetes/quantity.ts";
import type { Admission } from "../registry/api.ts";
import type { Usage } from "./quota-usage.ts";
import { measure, sumQuotaUsage } from "./quota-usage.ts";
import type { AdmissionRequest } from "./request.ts";
import { isWriteOf, readObjects, refuse } from "./request.ts";
import { objectAt, objectsAt } from "../../objects/object-fields.ts";

/** Refuses what would use more than a ResourceQuota of the namespace allows. What is used is counted in the store, so that it is never out of date. */
export const resourceQuota: Admission = (request) => {
  const { operation, namespace, subresource, object } = request;
  const isCounted = operation === "CREATE" || (operation === "UPDATE" && measuredUpdates.has(request.type.plural));
  if (namespace === "" || subresource !== "" || !isCounted) return object;
  for (const quota of readObjects(request, ["", "resourcequotas"])) judge(request, quota);
  return object;
};

/** A Service may become a node port, a claim may grow. */
const measuredUpdates: ReadonlySet<string> = new Set(["services", "persistentvolumeclaims"]);

function judge(request: AdmissionRequest, quota: KubernetesObject): void {
  const { type, object, old } = request;
  const wanted = measure(type, object, quota);
  if (wanted.size === 0) return;
  if (isWriteOf(request, ["", "pods"])) judgeSpecified(request, quota);
  const before: Usage = old ? measure(type, old, quota) : new Map();
  const delta = new Map(
    [...wanted]
      .map(([name, amount]) => [name, { ...amount, nanos: amount.nanos - (before.get(name)?.nanos ?? 0n) }] as const)
      .filter(([, { nanos }]) => nanos !== 0n),
  );
  if (delta.size === 0) return;
  const used = sumQuotaUsage(quota, request);
  const hard = objectAt(field(quota, "spec", "hard"));
  const exceeded = [...delta].filter(([name, { nanos }]) => (used.get(name)?.nanos ?? 0n) + nanos > nanosOf(hard[name])).map(([name]) => name);
  if (exceeded.length === 0) return;
  const show = (amount: (name: string) => Quantity | undefined): string =>
    exceeded
      .toSorted()
      .map((name) => `${name}=${renderQuantity(amount(name) ?? { nanos: 0n, format: "DecimalSI" })}`)
      .join(",");
  const parts = [
    `requested: ${show((name) => delta.get(name))}`,
    `used: ${show((name) => used.get(name))}`,
    `limited: ${show((name) => parseQuantity(hard[name]))}`,
  ];
  throw refuse(request, `exceeded quota: ${quota.metadata.name}, ${parts.join(", ")}`);
}

/** Where a quota limits processor or memory, each container must say how much it takes. */
function judgeSpecified(request: AdmissionRequest, quota: KubernetesObject): void {
  const spec = objectAt(request.object["spec"]);
  const containers = [...objectsAt(spec["containers"]), ...objectsAt(spec["initContainers"])];
  const missing = mustSpecify
    .filter(([name]) => Object.hasOwn(objectAt(field(quota, "spec", "hard")), name))
    .flatMap(([name, kind, resource]) => {
      const without = containers.filter((container) => field(container, "resources", kind, resource) === undefined).map((container) => text(container["name"]));
      return without.length === 0 ? [] : [`${name} for: ${without.toSorted().join(",")}`];
    });
  if (missing.length > 0) throw refuse(request, `failed quota: ${quota.metadata.name}: must specify ${missing.join("; ")}`);
}

/** Sorted by name. */
const mustSpecify = [
  ["cpu", "requests", "cpu"],
  ["limits.cpu", "limits", "cpu"],
  ["limits.memory", "limits", "memory"],
  ["memory", "requests", "memory"],
  ["requests.cpu", "requests", "cpu"],
  ["requests.memory", "requests", "memory"],
] as const;
