import { isIP } from "node:net";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { ConnectTarget } from "../../http/exchange.ts";
import type { Api } from "../../registry/api.ts";
import { badRequest } from "../../status-error.ts";
import { locateService } from "./locate-service.ts";
import { parseProxyName } from "./proxy-name.ts";
import type { Upstream } from "./upstream.ts";

/** Where a node's kubelet listens. */
export const kubeletPort = 10_250;

/** What a proxy request is for; throws the API server's StatusError when there is nothing, or no way to it. */
export function locateUpstream(target: ConnectTarget, api: Api): Upstream {
  const { type, namespace, name } = target;
  const place = namespace === "" ? "" : `/namespaces/${namespace}`;
  const prefix = `/api/v1${place}/${type.plural}/${name}/proxy`;
  if (type.plural === "services") return { ...locateService(target, api), prefix };
  return { ...(type.plural === "nodes" ? locateNode(target, api) : locatePod(target, api)), prefix };
}

type Place = Omit<Upstream, "prefix">;

/** The port that was asked for, else the first that a container declares, else the scheme's own. */
function locatePod({ type, namespace, name: id }: ConnectTarget, api: Api): Place {
  const { scheme, name, port } = parseProxyName(id, "pod");
  const pod = api.get({ type, namespace, name });
  const host = text(field(list(field(pod, "status", "podIPs"))[0], "ip")) || text(field(pod, "status", "podIP"));
  if (isIP(host) === 0) throw badRequest("address not allowed");
  const declared = list(field(pod, "spec", "containers")).flatMap((container) => list(field(container, "ports")))[0];
  const asked = port === "" ? String(field(declared, "containerPort") ?? "") : port;
  return { scheme: scheme || "http", host, port: parsePort(asked, { id, kind: "pod", scheme: scheme || "http" }) };
}

/** A node's kubelet unless another port was asked for. */
function locateNode({ type, name: id }: ConnectTarget, api: Api): Place {
  const { scheme, name, port } = parseProxyName(id, "node");
  const node = api.get({ type, namespace: "", name });
  const internal = list(field(node, "status", "addresses")).find((address) => field(address, "type") === "InternalIP");
  const host = text(field(internal, "address"));
  if (host === "") throw badRequest("address not allowed");
  if (port === "" || Number(port) === kubeletPort) return { scheme: "https", host, port: kubeletPort };
  return { scheme: scheme || "http", host, port: parsePort(port, { id, kind: "node", scheme: scheme || "http" }) };
}

/** The real server knows no names of ports here: it breaks off without an answer. */
function parsePort(value: string, { id, kind, scheme }: { readonly id: string; readonly kind: string; readonly scheme: "http" | "https" }): number {
  if (value === "") return scheme === "https" ? 443 : 80;
  const port = Number(value);
  if (/^\d+$/.test(value) && port > 0 && port < 65_536) return port;
  throw badRequest(`invalid ${kind} request ${JSON.stringify(id)}`);
}
