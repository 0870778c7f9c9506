import { createHash } from "node:crypto";
import { arch, release } from "node:os";
import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { NodeSpec } from "../kubelet-context.ts";
import { readCapacity } from "./capacity.ts";

/** What every kubelet of the embedded cluster says it is. */
const kubeletVersion = "v1.36.3";

/** The Node that a kubelet registers, without status. */
export const buildNode = ({ name, labels, annotations, taints = [], podCIDR }: NodeSpec): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: {
    name,
    labels: { ...ownLabels(name), ...labels },
    annotations: { "volumes.kubernetes.io/controller-managed-attach-detach": "true", ...annotations },
  },
  spec: { podCIDR, podCIDRs: [podCIDR], ...(taints.length === 0 ? {} : { taints }) },
});

/** The labels that a kubelet sees to itself. */
const ownLabels = (name: string): { readonly [key: string]: string } => ({
  "beta.kubernetes.io/arch": architecture,
  "beta.kubernetes.io/os": "linux",
  "kubernetes.io/arch": architecture,
  "kubernetes.io/hostname": name,
  "kubernetes.io/os": "linux",
});

/** As Go names it. Pods are those of Linux nodes wherever this runs. */
const architecture = arch() === "x64" ? "amd64" : arch();

/** What a Node's status tells beside its conditions. `boot` counts the node's starts. */
export function buildNodeFacts(node: NodeSpec, boot: number): JsonObject {
  const identity = createHash("md5").update(node.name).digest("hex");
  return {
    addresses: [
      { type: "InternalIP", address: node.address },
      { type: "Hostname", address: node.name },
    ],
    ...readCapacity(node),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    features: { supplementalGroupsPolicy: true },
    images: [],
    nodeInfo: {
      architecture,
      bootID: bootIdOf(node, boot),
      containerRuntimeVersion: "containerd://2.4.2",
      kernelVersion: release(),
      kubeProxyVersion: "",
      kubeletVersion,
      machineID: identity,
      operatingSystem: "linux",
      osImage: node.osImage ?? "Debian GNU/Linux 12 (bookworm)",
      systemUUID: identity,
    },
    runtimeHandlers: [{ name: "", features: { recursiveReadOnlyMounts: true, userNamespaces: false } }],
  };
}

/** Another one after each start. */
export const bootIdOf = ({ name }: NodeSpec, boot: number): string =>
  createHash("md5")
    .update(`${name} ${boot}`)
    .digest("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
