import { isIP } from "node:net";
import type { KubeletPlace } from "../../cluster/cluster.ts";
import type { KubernetesObject } from "../../contract/kubernetes-object.ts";
import { field, list, text } from "../../kubernetes/field.ts";

/** Where a node says that its kubelet listens: its first internal address, and port 10250 unless it names another. Whether it is there, its certificate has to show. */
export function readKubeletAddress(node: KubernetesObject): Pick<KubeletPlace, "host" | "port"> | undefined {
  const internal = list(field(node, "status", "addresses")).find((address) => field(address, "type") === "InternalIP");
  const host = text(field(internal, "address"));
  const port = Number(field(node, "status", "daemonEndpoints", "kubeletEndpoint", "Port") ?? usualPort);
  return isIP(host) !== 0 && Number.isInteger(port) && port > 0 && port < 65_536 ? { host, port } : undefined;
}

const usualPort = 10_250;
