import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { nanosOf } from "../../../../core/kubernetes/quantity.ts";
import type { Container, Pod, ResourceFieldSelector } from "../pods/pod.ts";

/** What a kubelet knows beside the pod itself when a field is asked for. */
export type FieldSources = {
  readonly pod: Pod;
  readonly podIP: string;
  readonly hostIP: string;
  /** Limits that are not set are the node's allocatable. */
  readonly allocatable: { readonly [resource: string]: string };
};

/** The text of a fieldRef; undefined for a field that is no such thing. Source: k8s.io/kubernetes, pkg/fieldpath and kubelet's podFieldSelectorRuntimeValue. */
export function readField({ pod, podIP, hostIP }: Omit<FieldSources, "allocatable">, path: string): string | undefined {
  const { metadata, spec } = pod;
  const keyed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (keyed !== null) return metadata[keyed[1] === "labels" ? "labels" : "annotations"]?.[keyed[2] ?? ""] ?? "";
  switch (path) {
    case "metadata.name":
      return metadata.name;
    case "metadata.namespace":
      return metadata.namespace;
    case "metadata.uid":
      return metadata.uid;
    case "metadata.labels":
      return formatMap(metadata.labels);
    case "metadata.annotations":
      return formatMap(metadata.annotations);
    case "spec.nodeName":
      return spec.nodeName ?? "";
    case "spec.serviceAccountName":
      return spec.serviceAccountName ?? "";
    case "status.hostIP":
    case "status.hostIPs":
      return hostIP;
    case "status.podIP":
    case "status.podIPs":
      return podIP;
    default:
      return undefined;
  }
}

/** One line a key, sorted, the value quoted. */
const formatMap = (map: KubernetesObject["metadata"]["labels"] = {}): string =>
  Object.keys(map)
    .toSorted()
    .map((key) => `${key}=${JSON.stringify(map[key])}`)
    .join("\n");

/** The text of a resourceFieldRef; undefined for a container or resource that is no such thing. */
export function readResourceField(sources: FieldSources, selector: ResourceFieldSelector, own?: Container): string | undefined {
  const { spec } = sources.pod;
  const named = selector.containerName === undefined || selector.containerName === "" ? own : undefined;
  const container = named ?? [...(spec.initContainers ?? []), ...spec.containers].find(({ name }) => name === selector.containerName);
  const [list, ...rest] = selector.resource.split(".");
  const resource = rest.join(".");
  if (container === undefined || (list !== "limits" && list !== "requests")) return undefined;
  const { limits, requests } = container.resources ?? {};
  const quantity = list === "limits" ? (limits?.[resource] ?? sources.allocatable[resource]) : requests?.[resource];
  return divideQuantity(quantity ?? 0, selector.divisor);
}

/** In units of the divisor, rounded up. */
function divideQuantity(quantity: string | number, divisor: string | number | undefined): string {
  const given = nanosOf(divisor);
  // A divisor of 0 is how the API says that none was given.
  const unit = given > 0n ? given : nanosOf("1");
  return String((nanosOf(quantity) + unit - 1n) / unit);
}
