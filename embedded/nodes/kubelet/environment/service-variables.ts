import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../../core/kubernetes/field.ts";
import type { Api } from "../../../api/registry/api.ts";
import { typeOf } from "../../../objects/object-key.ts";
import { objectsAt } from "../../../objects/object-fields.ts";

/** Docker's link variables for the API server's Service and, where the pod wants links, all Services of its namespace. Source: k8s.io/kubernetes, pkg/kubelet/envvars. */
export function buildServiceVariables(api: Api, namespace: string, links: boolean): { readonly [name: string]: string } {
  const type = typeOf(api, "v1", "Service");
  const master = api.find({ type, namespace: "default", name: "kubernetes" });
  const own = links ? api.list(type, { namespace }) : [];
  const chosen = new Map([...(master === undefined ? [] : [master]), ...own].map((service) => [service.metadata.name, service]));
  return Object.assign({}, ...[...chosen.values()].map(buildVariables));
}

function buildVariables(service: KubernetesObject): { readonly [name: string]: string } {
  const address = text(field(service, "spec", "clusterIP"));
  const ports = objectsAt(field(service, "spec", "ports"));
  const first = ports[0];
  if (address === "" || address === "None" || first === undefined) return {};
  const prefix = formatName(service.metadata.name);
  const url = (port: typeof first): string => `${text(port["protocol"] ?? "TCP").toLowerCase()}://${formatHost(address)}:${String(port["port"])}`;
  return Object.assign(
    { [`${prefix}_SERVICE_HOST`]: address, [`${prefix}_SERVICE_PORT`]: String(first["port"]), [`${prefix}_PORT`]: url(first) },
    ...ports.map((port) => {
      const protocol = text(port["protocol"] ?? "TCP");
      const long = `${prefix}_PORT_${String(port["port"])}_${protocol.toUpperCase()}`;
      return {
        ...(text(port["name"]) === "" ? {} : { [`${prefix}_SERVICE_PORT_${formatName(text(port["name"]))}`]: String(port["port"]) }),
        [long]: url(port),
        [`${long}_PROTO`]: protocol.toLowerCase(),
        [`${long}_PORT`]: String(port["port"]),
        [`${long}_ADDR`]: address,
      };
    }),
  );
}

const formatName = (name: string): string => name.replaceAll("-", "_").toUpperCase();
const formatHost = (address: string): string => (address.includes(":") ? `[${address}]` : address);
