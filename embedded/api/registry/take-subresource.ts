import type { JsonObject } from "../../../core/contract/json.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../resource-type.ts";
import { objectAt, objectsAt } from "../../objects/object-fields.ts";

type Change = { readonly object: KubernetesObject; readonly old: KubernetesObject };

/** The old object with as much of the new one as a write to a subresource changes; to the object itself (empty name) all but status. */
export function takeSubresource(type: ResourceType, subresource: string, { object, old }: Change): KubernetesObject {
  switch (subresource) {
    case "":
      return type.subresources.includes("status") ? withStatus(object, old["status"]) : object;
    case "status":
    case "approval":
      return withStatus({ ...old, metadata: statusMetadata(type, { object, old }) }, object["status"]);
    case "ephemeralcontainers":
      return withSpec(old, { ephemeralContainers: objectAt(object["spec"])["ephemeralContainers"] });
    case "finalize":
      return withSpec(old, { finalizers: objectAt(object["spec"])["finalizers"] });
    case "resize":
      return withSpec(old, { containers: takeResources(objectAt(object["spec"])["containers"], objectAt(old["spec"])["containers"]) });
    default:
      return object;
  }
}

function withStatus(object: KubernetesObject, status: KubernetesObject["status"]): KubernetesObject {
  const { status: replaced, ...others } = object;
  const kept: KubernetesObject = others;
  return status === undefined ? kept : { ...kept, status: object.kind === "Pod" ? withQosClass(status, replaced) : status };
}

/** It is decided when the pod is made. */
function withQosClass(status: KubernetesObject["status"], old: KubernetesObject["status"]): KubernetesObject["status"] {
  const qosClass = isJsonObject(old) ? old["qosClass"] : undefined;
  return isJsonObject(status) && status["qosClass"] === undefined && qosClass !== undefined ? { ...status, qosClass } : status;
}

/** Labels and annotations may be written along with a status; owners of pods and labels of Deployments may not. */
function statusMetadata(type: ResourceType, { object, old }: Change): KubernetesObject["metadata"] {
  const kept = type.kind === "Pod" ? ["ownerReferences", "deletionTimestamp", "deletionGracePeriodSeconds"] : type.kind === "Deployment" ? ["labels"] : [];
  const others = Object.entries(object.metadata).filter(([key]) => !kept.includes(key));
  const own = kept.filter((key) => old.metadata[key] !== undefined).map((key) => [key, old.metadata[key]]);
  return { ...Object.fromEntries([...others, ...own]), name: old.metadata.name };
}

function withSpec(object: KubernetesObject, parts: JsonObject): KubernetesObject {
  const defined = Object.entries({ ...objectAt(object["spec"]), ...parts }).filter(([, value]) => value !== undefined);
  return { ...object, spec: Object.fromEntries(defined) };
}

function takeResources(containers: unknown, old: unknown): readonly JsonObject[] {
  const given = objectsAt(containers);
  return objectsAt(old).map((container) => {
    const resources = given.find(({ name }) => name === container["name"])?.["resources"];
    return resources === undefined ? container : { ...container, resources };
  });
}
