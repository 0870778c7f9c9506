import type { ServiceRoute } from "../pod-network.ts";

type Zone = { readonly services: readonly ServiceRoute[]; readonly domain: string };

/** Addresses of a name as a pod of `namespace` finds them: Services by cluster IP, headless ones by their endpoints; empty if there is none. */
export function resolveName(name: string, namespace: string, { services, domain }: Zone): readonly string[] {
  for (const candidate of listCandidates(name.toLowerCase(), namespace, domain)) {
    const [service, serviceNamespace, ...rest] = candidate.split(".");
    if (rest.join(".") !== `svc.${domain}`) continue;
    const found = services.find((route) => route.name === service && route.namespace === serviceNamespace);
    if (found === undefined) continue;
    const addresses = found.clusterIPs.length > 0 ? found.clusterIPs : found.ports.flatMap((port) => port.endpoints.map((endpoint) => endpoint.address));
    if (addresses.length > 0) return [...new Set(addresses)];
  }
  return [];
}

/** What a pod's resolv.conf says, and its search list is. */
export const searchList = (namespace: string, domain: string): readonly string[] => [`${namespace}.svc.${domain}`, `svc.${domain}`, domain];

/** As glibc does with ndots:5: the search list first for names with fewer dots, afterwards for others. */
function listCandidates(name: string, namespace: string, domain: string): readonly string[] {
  if (name.endsWith(".")) return [name.slice(0, -1)];
  const searched = searchList(namespace, domain).map((suffix) => `${name}.${suffix}`);
  return name.split(".").length - 1 < 5 ? [...searched, name] : [name, ...searched];
}
