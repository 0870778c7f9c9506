import { field, list, text } from "../kubernetes/field.ts";
import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { ageOf, columns, count, formatLabels, formatSelector, type Printer, withMore } from "./printer.ts";

/** Services and what leads to them. */
export const networkPrinters: { readonly [kind: string]: Printer } = {
  "/Service": {
    columns: columns("Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age", "Selector*"),
    cells: (object, now) => {
      const ports = list(field(object, "spec", "ports"))
        .map(formatPort)
        .join(",");
      const clusterIP = text(list(field(object, "spec", "clusterIPs"))[0]) || "<none>";
      const type = text(field(object, "spec", "type"));
      return [
        object.metadata.name,
        type,
        clusterIP,
        externalIP(object),
        ports || "<none>",
        ageOf(object, now),
        formatLabels(field(object, "spec", "selector")),
      ];
    },
  },
  "/Endpoints": {
    columns: columns("Name", "Endpoints", "Age"),
    cells: (object, now) => [object.metadata.name, formatEndpoints(list(object["subsets"])), ageOf(object, now)],
  },
  "discovery.k8s.io/EndpointSlice": {
    columns: columns("Name", "AddressType", "Ports", "Endpoints", "Age"),
    cells: (object, now) => {
      const ports = list(object["ports"]).map((port) =>
        typeof field(port, "port") === "number" ? String(field(port, "port")) : text(field(port, "name")) || "*",
      );
      const addresses = list(object["endpoints"]).flatMap((endpoint) => list(field(endpoint, "addresses")).map(text));
      return [object.metadata.name, text(object["addressType"]), withMore(ports, 3) || "<unset>", withMore(addresses, 3) || "<unset>", ageOf(object, now)];
    },
  },
  "networking.k8s.io/Ingress": {
    columns: columns("Name", "Class", "Hosts", "Address", "Ports", "Age"),
    cells: (object, now) => [
      object.metadata.name,
      text(field(object, "spec", "ingressClassName")) || "<none>",
      formatHosts(list(field(object, "spec", "rules"))),
      loadBalancer(object),
      list(field(object, "spec", "tls")).length > 0 ? "80, 443" : "80",
      ageOf(object, now),
    ],
  },
  "networking.k8s.io/IngressClass": {
    columns: columns("Name", "Controller", "Parameters", "Age"),
    cells: (object, now) => {
      const parameters = field(object, "spec", "parameters");
      const group = text(field(parameters, "apiGroup"));
      const kind = `${text(field(parameters, "kind"))}${group === "" ? "" : `.${group}`}`;
      return [
        object.metadata.name,
        text(field(object, "spec", "controller")),
        parameters === undefined ? "<none>" : `${kind}/${text(field(parameters, "name"))}`,
        ageOf(object, now),
      ];
    },
  },
  "networking.k8s.io/IPAddress": {
    columns: columns("Name", "ParentRef"),
    cells: (object) => [object.metadata.name, formatParent(field(object, "spec", "parentRef"))],
  },
  "networking.k8s.io/ServiceCIDR": {
    columns: columns("Name", "CIDRs", "Age"),
    cells: (object, now) => [
      object.metadata.name,
      list(field(object, "spec", "cidrs"))
        .map(text)
        .join(","),
      ageOf(object, now),
    ],
  },
  "networking.k8s.io/NetworkPolicy": {
    columns: columns("Name", "Pod-Selector", "Age"),
    cells: (object, now) => [object.metadata.name, formatSelector(field(object, "spec", "podSelector") ?? {}), ageOf(object, now)],
  },
};

function formatParent(parent: unknown): string {
  const group = text(field(parent, "group"));
  const resource = `${text(field(parent, "resource"))}${group === "" ? "" : `.${group}`}`;
  return [resource, text(field(parent, "namespace")), text(field(parent, "name"))].filter((part) => part !== "").join("/");
}

function formatPort(port: unknown): string {
  const nodePort = count(field(port, "nodePort"));
  return `${count(field(port, "port"))}${nodePort > 0 ? `:${nodePort}` : ""}/${text(field(port, "protocol"))}`;
}

function externalIP(service: KubernetesObject): string {
  const external = list(field(service, "spec", "externalIPs")).map(text);
  switch (field(service, "spec", "type")) {
    case "ClusterIP":
    case "NodePort":
      return external.join(",") || "<none>";
    case "LoadBalancer":
      return [loadBalancer(service), ...external].filter((part) => part !== "").join(",") || "<pending>";
    case "ExternalName":
      return text(field(service, "spec", "externalName"));
    default:
      return "<unknown>";
  }
}

function loadBalancer(object: KubernetesObject): string {
  const ingress = list(field(object, "status", "loadBalancer", "ingress"));
  return [...new Set(ingress.map((each) => text(field(each, "ip")) || text(field(each, "hostname"))).filter((part) => part !== ""))].toSorted().join(",");
}

function formatEndpoints(subsets: readonly unknown[]): string {
  if (subsets.length === 0) return "<none>";
  const all = subsets.flatMap((subset) => {
    const addresses = list(field(subset, "addresses")).map((address) => text(field(address, "ip")));
    const ports = list(field(subset, "ports"));
    if (ports.length === 0) return addresses;
    return ports.flatMap((port) => addresses.map((ip) => `${ip.includes(":") ? `[${ip}]` : ip}:${count(field(port, "port"))}`));
  });
  return withMore(all, 3);
}

function formatHosts(rules: readonly unknown[]): string {
  const hosts = rules.map((rule) => text(field(rule, "host"))).filter((host) => host !== "");
  if (hosts.length === 0) return "*";
  return hosts.length > 3 ? `${hosts.slice(0, 3).join(",")} + ${rules.length - 3} more...` : hosts.join(",");
}
