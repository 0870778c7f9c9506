import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { typeOf } from "../../../objects/object-key.ts";
import { stringsAt } from "../../../objects/object-fields.ts";
import { createWorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { findByKey, nameKey, watchKind } from "../controller.ts";
import { isNamespaceEnding } from "../owned-pods.ts";
import { planEndpoints } from "./plan-endpoints.ts";
import { writeEndpoints } from "./write-endpoints.ts";
import { writeSlices } from "./write-slices.ts";

/** Keeps Endpoints and EndpointSlices of each Service that selects pods, pods of the world included. */
export function startEndpointsController(cluster: Cluster): void {
  const { api } = cluster;
  const queue = createWorkQueue({ ...cluster, work: (key) => syncService(cluster, key) });
  watchKind(cluster, serviceKind, ({ object }) => queue.add(nameKey(object)));
  const labelsBefore = new Map<string, KubernetesObject["metadata"]["labels"]>();
  watchKind(cluster, ["v1", "Pod"], ({ type, object }) => {
    const key = nameKey(object);
    const all = [object.metadata.labels, labelsBefore.get(key)];
    if (type === "DELETED") labelsBefore.delete(key);
    else labelsBefore.set(key, object.metadata.labels);
    for (const service of api.list(typeOf(api, ...serviceKind), { namespace: object.metadata.namespace ?? "" })) {
      if (all.some((labels) => isMeant(service, labels))) queue.add(nameKey(service));
    }
  });
}

const serviceKind = ["v1", "Service"] as const;

function isMeant(service: KubernetesObject, labels: KubernetesObject["metadata"]["labels"]): boolean {
  const selector = Object.entries(stringsAt(field(service, "spec", "selector")));
  return selector.length > 0 && selector.every(([key, value]) => labels?.[key] === value);
}

function syncService(cluster: Cluster, key: string): void {
  const { api } = cluster;
  const service = findByKey(cluster, serviceKind, key);
  const endpoints = findByKey(cluster, ["v1", "Endpoints"], key);
  if (service === undefined) {
    // EndpointSlices have the Service as owner and go with it; Endpoints never had one.
    if (endpoints?.metadata.labels?.["endpoints.kubernetes.io/managed-by"] !== undefined) {
      api.delete({ type: typeOf(api, "v1", "Endpoints"), namespace: endpoints.metadata.namespace ?? "", name: endpoints.metadata.name });
    }
    return;
  }
  if (field(service, "spec", "selector") === undefined || field(service, "spec", "type") === "ExternalName") return;
  const pods = api.list(typeOf(api, "v1", "Pod"), { namespace: service.metadata.namespace ?? "" }).filter((pod) => isMeant(service, pod.metadata.labels));
  const groups = planEndpoints(service, pods);
  try {
    writeSlices(cluster, service, groups);
    writeEndpoints(cluster, service, groups);
  } catch (error) {
    if (!isNamespaceEnding(error)) throw error;
  }
}
