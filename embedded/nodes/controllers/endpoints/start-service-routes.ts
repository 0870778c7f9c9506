import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { typeOf } from "../../../objects/object-key.ts";
import { numberAt, objectsAt } from "../../../objects/object-fields.ts";
import type { PodNetwork, ServiceRoute } from "../../pod-network.ts";
import { createWorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { watchKind } from "../controller.ts";
import { serviceLabel } from "./write-slices.ts";

/** Tells the pod network after each change where every Service leads, as kube-proxy and the cluster's DNS read it from EndpointSlices. */
export function startServiceRoutes(cluster: Cluster, network: Pick<PodNetwork, "setServices">): void {
  const { api } = cluster;
  const work = (): void => {
    const slices = Map.groupBy(api.list(typeOf(api, ...sliceKind)), ({ metadata }) => `${metadata.namespace ?? ""}/${metadata.labels?.[serviceLabel] ?? ""}`);
    const services = api.list(typeOf(api, ...serviceKind));
    network.setServices(services.map((service) => buildRoute(service, slices.get(`${service.metadata.namespace ?? ""}/${service.metadata.name}`) ?? [])));
  };
  const queue = createWorkQueue({ ...cluster, work });
  for (const kind of [serviceKind, sliceKind]) watchKind(cluster, kind, () => queue.add("routes"));
}

const serviceKind = ["v1", "Service"] as const;
const sliceKind = ["discovery.k8s.io/v1", "EndpointSlice"] as const;

/** A headless Service without ports has still a name; its endpoints stand at port 0, where nobody dials. */
function buildRoute(service: KubernetesObject, slices: readonly KubernetesObject[]): ServiceRoute {
  const clusterIP = text(field(service, "spec", "clusterIP"));
  const clusterIPs = list(field(service, "spec", "clusterIPs")).map(text);
  const all = clusterIPs.length > 0 ? clusterIPs : [clusterIP];
  const ports = objectsAt(field(service, "spec", "ports"));
  const portNames = ports.length > 0 ? ports.map((port) => ({ port: numberAt(port["port"]), name: text(port["name"]) })) : [{ port: 0, name: "" }];
  return {
    namespace: service.metadata.namespace ?? "",
    name: service.metadata.name,
    clusterIPs: all.filter((address) => address !== "" && address !== "None"),
    ports: portNames.map((port) => ({ port: port.port, endpoints: slices.flatMap((slice) => endpointsOf(slice, port)) })),
  };
}

function endpointsOf(slice: KubernetesObject, wanted: { readonly port: number; readonly name: string }): ServiceRoute["ports"][number]["endpoints"] {
  const found = objectsAt(slice["ports"]).find(({ name }) => text(name) === wanted.name);
  if (found === undefined && wanted.port !== 0) return [];
  const port = numberAt(found?.["port"]);
  return objectsAt(slice["endpoints"])
    .filter((endpoint) => field(endpoint, "conditions", "ready") !== false)
    .flatMap((endpoint) => list(endpoint["addresses"]).map((address) => ({ address: text(address), port })));
}
