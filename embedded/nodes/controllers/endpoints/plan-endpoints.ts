import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../../core/kubernetes/field.ts";
import { numberAt, objectsAt } from "../../../objects/object-fields.ts";
import { isDeleting, isPodReady, isTerminated, nodeNameOf, stayingContainersOf } from "../../../objects/pod-state.ts";

/** The pods behind a Service that listen on the same ports: one EndpointSlice, or one subset of its Endpoints. */
export type EndpointGroup = { readonly ports: readonly Port[]; readonly endpoints: readonly Endpoint[] };

export type Port = { readonly name: string; readonly port: number; readonly protocol: string; readonly appProtocol?: string };

export type Endpoint = {
  readonly pod: KubernetesObject;
  readonly address: string;
  readonly conditions: { readonly ready: boolean; readonly serving: boolean; readonly terminating: boolean };
};

/** A Service's pods by the ports that its target ports are in each of them. Source: k8s.io/endpointslice, reconciler.go and utils.go. */
export function planEndpoints(service: KubernetesObject, pods: readonly KubernetesObject[]): readonly EndpointGroup[] {
  const publishesAll = field(service, "spec", "publishNotReadyAddresses") === true;
  const groups = new Map<string, { ports: readonly Port[]; endpoints: Endpoint[] }>();
  for (const pod of pods) {
    const address = addressOf(pod, field(service, "spec", "ipFamilies"));
    if (address === "" || isTerminated(pod)) continue;
    const serving = isPodReady(pod);
    const terminating = isDeleting(pod);
    const ports = portsOf(service, pod);
    const key = JSON.stringify(ports);
    const group = groups.get(key) ?? { ports, endpoints: [] };
    groups.set(key, group);
    group.endpoints.push({ pod, address, conditions: { ready: publishesAll || (serving && !terminating), serving, terminating } });
  }
  return [...groups.values()];
}

/** What both kinds of endpoint say of their pod. */
export const targetOf = ({ pod }: Endpoint): JsonObject => ({
  ...(nodeNameOf(pod) === "" ? {} : { nodeName: nodeNameOf(pod) }),
  targetRef: { kind: "Pod", namespace: pod.metadata.namespace, name: pod.metadata.name, uid: pod.metadata.uid },
});

/** Whether a Service has no address of its own. */
export const isHeadless = (service: unknown): boolean => field(service, "spec", "clusterIP") === "None";

/** The pod's address in the Service's first family. */
function addressOf(pod: unknown, families: unknown): string {
  const isIPv6 = Array.isArray(families) && families[0] === "IPv6";
  const addresses = [text(field(pod, "status", "podIP")), ...objectsAt(field(pod, "status", "podIPs")).map(({ ip }) => text(ip))];
  return addresses.find((address) => address !== "" && address.includes(":") === isIPv6) ?? "";
}

/** A port whose name no container has is left out. */
const portsOf = (service: unknown, pod: unknown): readonly Port[] =>
  objectsAt(field(service, "spec", "ports")).flatMap((port) => {
    const protocol = text(port["protocol"]) || "TCP";
    const number = resolvePort(pod, port["targetPort"] ?? port["port"], protocol);
    if (number === undefined) return [];
    const appProtocol = text(port["appProtocol"]);
    return [{ name: text(port["name"]), port: number, protocol, ...(appProtocol === "" ? {} : { appProtocol }) }];
  });

function resolvePort(pod: unknown, target: unknown, protocol: string): number | undefined {
  if (typeof target === "number") return target;
  const declared = stayingContainersOf(pod).flatMap((container) => objectsAt(container["ports"]));
  const found = declared.find((port) => port["name"] === target && (text(port["protocol"]) || "TCP") === protocol);
  return found === undefined ? undefined : numberAt(found["containerPort"]);
}
