import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { renderLabelSelector } from "../../../core/kubernetes/label-selector.ts";
import type { ResourceType } from "../resource-type.ts";
import { invalid } from "../status-error.ts";
import { objectAt } from "../../objects/object-fields.ts";
import { invalidValue } from "../causes.ts";

/** The kind that subresource `scale` reads and writes. */
export const scaleType: ResourceType = {
  group: "autoscaling",
  version: "v1",
  kind: "Scale",
  plural: "scales",
  singular: "scale",
  namespaced: true,
  shortNames: [],
  categories: [],
  subresources: [],
  verbs: ["get", "patch", "update"],
};

/** A workload as its Scale. */
export function buildScale(object: KubernetesObject): KubernetesObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const spec = objectAt(object["spec"]);
  const replicas = Number(spec["replicas"] ?? 1);
  const selector = object.kind === "ReplicationController" ? { matchLabels: objectAt(spec["selector"]) } : spec["selector"];
  const metadata = Object.entries({ name, namespace, uid, resourceVersion, creationTimestamp }).filter(([, value]) => value !== undefined);
  return {
    apiVersion: "autoscaling/v1",
    kind: "Scale",
    metadata: { ...Object.fromEntries(metadata), name },
    spec: replicas === 0 ? {} : { replicas },
    status: { replicas: Number(objectAt(object["status"])["replicas"] ?? 0), selector: renderLabelSelector(selector) },
  };
}

/** The workload as a Scale wants it. Throws StatusError 422 for less than none. */
export function applyScale(object: KubernetesObject, scale: KubernetesObject): KubernetesObject {
  const replicas = Number(objectAt(scale["spec"])["replicas"] ?? 0);
  if (!(replicas >= 0)) {
    throw invalid(scaleType, object.metadata.name, invalidValue("spec.replicas", replicas, "must be greater than or equal to 0"));
  }
  const { uid, resourceVersion } = scale.metadata;
  const preconditions: JsonObject = Object.fromEntries(Object.entries({ uid, resourceVersion }).filter(([, value]) => value !== undefined));
  return { ...object, metadata: { ...object.metadata, resourceVersion: "", ...preconditions }, spec: { ...objectAt(object["spec"]), replicas } };
}
