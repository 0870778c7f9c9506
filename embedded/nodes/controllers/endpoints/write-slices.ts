import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../../core/kubernetes/field.ts";
import { keyOf, typeOf } from "../../../objects/object-key.ts";
import type { Cluster } from "../controller.ts";
import { controllerReference } from "../owned-pods.ts";
import type { Endpoint, EndpointGroup } from "./plan-endpoints.ts";
import { isHeadless, targetOf } from "./plan-endpoints.ts";

/** Makes a Service's EndpointSlices what they are to be: at most a hundred endpoints each, and an empty one where there are no pods. */
export function writeSlices({ api }: Cluster, service: KubernetesObject, groups: readonly EndpointGroup[]): void {
  const type = typeOf(api, "discovery.k8s.io/v1", "EndpointSlice");
  const labelSelector = `${serviceLabel}=${service.metadata.name},${managerLabel}=${manager}`;
  const unused = [...api.list(type, { namespace: service.metadata.namespace ?? "", labelSelector })];
  for (const content of buildContents(groups)) {
    // A slice keeps its place as long as its ports stay, as watchers compare slices by name.
    const same = unused.findIndex((slice) => isDeepStrictEqual(slice["ports"] ?? null, content["ports"]));
    const [slice] = unused.length === 0 ? [] : unused.splice(Math.max(same, 0), 1);
    const labels = buildLabels(service);
    if (slice === undefined) {
      api.create(type, buildSlice(service, labels, content));
    } else if (
      !isDeepStrictEqual([slice["ports"] ?? null, slice["endpoints"] ?? null, slice.metadata.labels], [content["ports"], content["endpoints"], labels])
    ) {
      api.modify(keyOf(api, slice), (old) => ({ ...old, ...content, metadata: { ...old.metadata, labels } }));
    }
  }
  for (const slice of unused) api.delete(keyOf(api, slice));
}

/** Which Service an EndpointSlice belongs to. */
export const serviceLabel = "kubernetes.io/service-name";

const managerLabel = "endpointslice.kubernetes.io/managed-by";
const manager = "endpointslice-controller.k8s.io";
const mostEndpoints = 100;

const buildLabels = (service: KubernetesObject): { readonly [key: string]: string } => ({
  ...service.metadata.labels,
  [managerLabel]: manager,
  [serviceLabel]: service.metadata.name,
  ...(isHeadless(service) ? { "service.kubernetes.io/headless": "" } : {}),
});

const buildSlice = (service: KubernetesObject, labels: { readonly [key: string]: string }, content: JsonObject): KubernetesObject => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: {
    name: "",
    generateName: `${service.metadata.name}-`,
    namespace: service.metadata.namespace ?? "",
    labels,
    ownerReferences: [controllerReference(service)],
  },
  addressType: text(field(service, "spec", "ipFamilies", "0")) || (text(field(service, "spec", "clusterIP")).includes(":") ? "IPv6" : "IPv4"),
  ...content,
});

/** Lists without entries are null, as the real controller has them. */
function buildContents(groups: readonly EndpointGroup[]): readonly JsonObject[] {
  if (groups.length === 0) return [{ endpoints: null, ports: null }];
  return groups.flatMap(({ ports, endpoints }) => {
    const chunks = Array.from({ length: Math.ceil(endpoints.length / mostEndpoints) }, (_, index) =>
      endpoints.slice(index * mostEndpoints, (index + 1) * mostEndpoints),
    );
    return chunks.map((chunk) => ({ endpoints: chunk.map(buildEndpoint), ports: ports.length === 0 ? null : ports }));
  });
}

const buildEndpoint = (endpoint: Endpoint): JsonObject => {
  const hostname = text(field(endpoint.pod, "spec", "hostname"));
  return {
    addresses: [endpoint.address],
    conditions: endpoint.conditions,
    ...(hostname === "" || text(field(endpoint.pod, "spec", "subdomain")) === "" ? {} : { hostname }),
    ...targetOf(endpoint),
  };
};
