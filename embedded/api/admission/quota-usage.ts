import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../core/kubernetes/field.ts";
import { addQuantities, parseQuantity } from "../../../core/kubernetes/quantity.ts";
import type { Quantity } from "../../../core/kubernetes/quantity.ts";
import type { TypeTable } from "../registry/api.ts";
import type { ResourceType } from "../resource-type.ts";
import { qualifiedName } from "../resource-type.ts";
import type { ReadStore } from "../store/store.ts";
import { sumContainers } from "./sum-containers.ts";
import { objectAt, objectsAt } from "../../objects/object-fields.ts";
import { isTerminated } from "../../objects/pod-state.ts";

/** Amounts by the names that quotas use: "pods", "requests.cpu", "count/configmaps". */
export type Usage = ReadonlyMap<string, Quantity>;

/** What all objects of a namespace use of what a quota limits; each name of `spec.hard` is there. */
export function sumQuotaUsage(quota: KubernetesObject, { store, types }: { readonly store: ReadStore; readonly types: TypeTable }): Usage {
  const names = Object.keys(objectAt(field(quota, "spec", "hard")));
  const total = new Map<string, Quantity>(names.map((name) => [name, zero]));
  for (const type of types.all()) {
    if (!type.namespaced || !names.some((name) => isCounted(type, name))) continue;
    for (const object of store.list(type, quota.metadata.namespace ?? "")) {
      for (const [name, amount] of measure(type, object, quota)) total.set(name, addQuantities(total.get(name) ?? zero, amount));
    }
  }
  return total;
}

/** What one object uses of what a quota limits; nothing where the quota is not about it. */
export function measure(type: ResourceType, object: KubernetesObject, quota: KubernetesObject): Usage {
  const names = Object.keys(objectAt(field(quota, "spec", "hard"))).filter((name) => isCounted(type, name));
  if (names.length === 0 || !isInScope(type, object, quota)) return new Map();
  const amounts = { ...countOf(type), ...extra[qualifiedName(type)]?.(object) };
  return new Map(names.flatMap((name) => (amounts[name] === undefined ? [] : [[name, parseQuantity(amounts[name]) ?? zero] as const])));
}

const zero: Quantity = { nanos: 0n, format: "DecimalSI" };

const shortCounts: ReadonlySet<string> = new Set([
  "configmaps",
  "persistentvolumeclaims",
  "pods",
  "replicationcontrollers",
  "resourcequotas",
  "secrets",
  "services",
]);

const countOf = (type: ResourceType): JsonObject => ({
  [`count/${qualifiedName(type)}`]: "1",
  ...(type.group === "" && shortCounts.has(type.plural) ? { [type.plural]: "1" } : {}),
});

const computed: { readonly [qualified: string]: RegExp } = {
  pods: /^(?:cpu|memory|ephemeral-storage|limits\..+|requests\.(?!storage$).+)$/,
  services: /^services\./,
  persistentvolumeclaims: /^requests\.storage$|storageclass\.storage\.k8s\.io\//,
};

const isCounted = (type: ResourceType, name: string): boolean => Object.hasOwn(countOf(type), name) || computed[qualifiedName(type)]?.test(name) === true;

const extra: { readonly [qualified: string]: (object: KubernetesObject) => JsonObject } = {
  pods: (pod) => {
    // One that has ended is still an object, but takes nothing.
    if (isTerminated(pod)) return { pods: "0" };
    const spec = objectAt(pod["spec"]);
    const requests = sumContainers(spec, "requests");
    const prefixed = (prefix: string, amounts: JsonObject): JsonObject =>
      Object.fromEntries(Object.entries(amounts).map(([resource, amount]) => [`${prefix}.${resource}`, amount]));
    return { ...requests, ...prefixed("requests", requests), ...prefixed("limits", sumContainers(spec, "limits")) };
  },
  services: (service) => {
    const type = text(field(service, "spec", "type"));
    const ports = String(objectsAt(field(service, "spec", "ports")).length);
    return {
      "services.loadbalancers": type === "LoadBalancer" ? "1" : "0",
      "services.nodeports": type === "NodePort" || type === "LoadBalancer" ? ports : "0",
    };
  },
  persistentvolumeclaims: (claim) => {
    const storage = String(field(claim, "spec", "resources", "requests", "storage") ?? "0");
    const className = text(field(claim, "spec", "storageClassName"));
    const ofClass = `${className}.storageclass.storage.k8s.io`;
    return {
      "requests.storage": storage,
      ...(className === "" ? {} : { [`${ofClass}/requests.storage`]: storage, [`${ofClass}/persistentvolumeclaims`]: "1" }),
    };
  },
};

/** The scopes that are about a pod's own spec; scope selectors on priority classes are not looked at. */
function isInScope(type: ResourceType, object: KubernetesObject, quota: KubernetesObject): boolean {
  const scopes = field(quota, "spec", "scopes");
  if (!Array.isArray(scopes) || scopes.length === 0) return true;
  if (qualifiedName(type) !== "pods") return false;
  const spec = objectAt(object["spec"]);
  const isBestEffort = [...Object.keys(sumContainers(spec, "requests")), ...Object.keys(sumContainers(spec, "limits"))].every(
    (resource) => resource !== "cpu" && resource !== "memory",
  );
  const isTerminating = spec["activeDeadlineSeconds"] !== undefined;
  const verdicts: { readonly [scope: string]: boolean } = {
    BestEffort: isBestEffort,
    NotBestEffort: !isBestEffort,
    Terminating: isTerminating,
    NotTerminating: !isTerminating,
  };
  return scopes.every((scope) => verdicts[text(scope)] === true);
}
