import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { keyOf, typeOf } from "../../../objects/object-key.ts";
import type { Cluster } from "../controller.ts";
import type { Endpoint, EndpointGroup } from "./plan-endpoints.ts";
import { isHeadless, targetOf } from "./plan-endpoints.ts";

/** Makes a Service's Endpoints object, the older form of its EndpointSlices, what it is to be. */
export function writeEndpoints({ api }: Cluster, service: KubernetesObject, groups: readonly EndpointGroup[]): void {
  const type = typeOf(api, "v1", "Endpoints");
  const { name, namespace = "" } = service.metadata;
  const labels = {
    ...service.metadata.labels,
    "endpoints.kubernetes.io/managed-by": "endpoint-controller",
    ...(isHeadless(service) ? { "service.kubernetes.io/headless": "" } : {}),
  };
  const subsets = groups.flatMap(buildSubset);
  const content: JsonObject = subsets.length === 0 ? {} : { subsets };
  const old = api.find({ type, namespace, name });
  if (old === undefined) {
    api.create(type, { apiVersion: "v1", kind: "Endpoints", metadata: { name, namespace, labels }, ...content });
  } else if (!isDeepStrictEqual([old["subsets"] ?? [], old.metadata.labels], [subsets, labels])) {
    api.modify(keyOf(api, old), ({ subsets: _subsets, ...rest }) => ({ ...rest, ...content, metadata: { ...old.metadata, labels } }));
  }
}

function buildSubset({ ports, endpoints }: EndpointGroup): readonly JsonObject[] {
  // Pods that are being deleted were never in Endpoints, unless all addresses are to be published.
  const shown = endpoints
    .filter(({ conditions }) => conditions.ready || !conditions.terminating)
    .toSorted((left, right) => left.address.localeCompare(right.address));
  const addresses = shown.filter(({ conditions }) => conditions.ready).map(buildAddress);
  const notReadyAddresses = shown.filter(({ conditions }) => !conditions.ready).map(buildAddress);
  if (shown.length === 0) return [];
  return [
    {
      ...(addresses.length === 0 ? {} : { addresses }),
      ...(notReadyAddresses.length === 0 ? {} : { notReadyAddresses }),
      ...(ports.length === 0 ? {} : { ports: ports.map(({ name, port, protocol }) => (name === "" ? { port, protocol } : { name, port, protocol })) }),
    },
  ];
}

const buildAddress = (endpoint: Endpoint): JsonObject => ({ ip: endpoint.address, ...targetOf(endpoint) });
