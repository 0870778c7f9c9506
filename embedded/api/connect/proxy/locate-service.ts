import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { typeOf } from "../../../objects/object-key.ts";
import type { ConnectTarget } from "../../http/exchange.ts";
import type { Api } from "../../registry/api.ts";
import { notFound, unavailable } from "../../status-error.ts";
import { parseProxyName } from "./proxy-name.ts";
import type { Upstream } from "./upstream.ts";

/** One of the endpoints that are ready for a Service's port, which is asked for by name or number, or has no name. Source: registry/core/service, ResourceLocation. */
export function locateService({ type, namespace, name: id }: ConnectTarget, api: Api): Omit<Upstream, "prefix"> {
  const { scheme, name, port } = parseProxyName(id, "service");
  const service = api.get({ type, namespace, name });
  if (field(service, "spec", "type") === "ExternalName") throw notFound(type, name);
  const portName = /^\d+$/.test(port) ? nameOfPort(service, port) : port;
  const slices = api.list(typeOf(api, "discovery.k8s.io/v1", "EndpointSlice"), { namespace, labelSelector: `kubernetes.io/service-name=${name}` });
  if (!slices.some((slice) => list(field(slice, "endpoints")).length > 0)) throw unavailable(`no endpoints available for service ${JSON.stringify(name)}`);
  const found = slices.flatMap((slice) => {
    const match = list(field(slice, "ports")).find((one) => text(field(one, "name")) === portName);
    const number = field(match, "port");
    return typeof number === "number" ? readyAddresses(slice, api).map((host) => ({ host, port: number })) : [];
  });
  const chosen = found[Math.floor(Math.random() * found.length)];
  if (chosen === undefined) throw unavailable(`no endpoints available for service ${JSON.stringify(id)}`);
  return { scheme: scheme || "http", ...chosen };
}

function nameOfPort(service: KubernetesObject, port: string): string {
  const match = list(field(service, "spec", "ports")).find((one) => field(one, "port") === Number(port));
  if (match === undefined) throw unavailable(`no service port ${Number(port)} found for service ${JSON.stringify(service.metadata.name)}`);
  return text(field(match, "name"));
}

/** Only addresses that a pod of the namespace really has: nobody may use the API server to reach others. */
function readyAddresses(slice: KubernetesObject, api: Api): readonly string[] {
  const type = typeOf(api, "v1", "Pod");
  const namespace = slice.metadata.namespace ?? "";
  return list(field(slice, "endpoints")).flatMap((endpoint) => {
    if (field(endpoint, "conditions", "ready") === false || field(endpoint, "targetRef", "kind") !== "Pod") return [];
    const pod = api.find({ type, namespace, name: text(field(endpoint, "targetRef", "name")) });
    const own = [field(pod, "status", "podIP"), ...list(field(pod, "status", "podIPs")).map((one) => field(one, "ip"))];
    return list(field(endpoint, "addresses"))
      .map(text)
      .filter((address) => address !== "" && own.includes(address));
  });
}
