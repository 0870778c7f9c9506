import type { Json, JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";

const running = { running: { startedAt: "2026-01-01T00:00:00Z" } };

/** A pod of namespace "space", running on node "node" unless its status says otherwise. */
export const buildPod = (name: string, { containers = ["main"], spec = {}, status = {}, annotations = {} }: PodParts = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "space", uid: `uid-${name}`, annotations },
  spec: { nodeName: "node", containers: containers.map((container) => ({ name: container, image: "x" })), ...spec },
  status: {
    phase: "Running",
    podIP: "10.244.1.5",
    podIPs: [{ ip: "10.244.1.5" }],
    conditions: [{ type: "Ready", status: "True" }],
    containerStatuses: containers.map((container) => ({ name: container, ready: true, state: running })),
    ...status,
  },
});

type PodParts = {
  readonly containers?: readonly string[];
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
  readonly annotations?: { readonly [name: string]: string };
};

const waiting = (reason: string, rest: JsonObject = {}): JsonObject => ({ containerStatuses: [{ name: "main", state: { waiting: { reason } }, ...rest }] });

/** Pods in all states that their containers' logs and commands depend on. */
export const pods: readonly KubernetesObject[] = [
  buildPod("single"),
  buildPod("two", { containers: ["web", "side"], spec: { initContainers: [{ name: "prep", image: "x" }] } }),
  buildPod("pending", { spec: { nodeName: "" }, status: { phase: "Pending", podIP: "", podIPs: [], containerStatuses: [] } }),
  buildPod("creating", { status: { phase: "Pending", podIP: "", podIPs: [], ...waiting("ContainerCreating") } }),
  buildPod("pulling", { status: { phase: "Pending", ...waiting("ErrImagePull") } }),
  buildPod("backing-off", { status: { phase: "Pending", ...waiting("ImagePullBackOff") } }),
  buildPod("crashing", { status: waiting("CrashLoopBackOff", { lastState: { terminated: { exitCode: 1 } } }) }),
  buildPod("done", { status: { phase: "Succeeded", containerStatuses: [{ name: "main", state: { terminated: { exitCode: 0 } } }] } }),
  buildPod("silent", { status: { containerStatuses: [] } }),
  buildPod("declared", { annotations: { "embedded.asdic.dev/state": "declared" } }),
  buildPod("elsewhere", { spec: { nodeName: "gone" } }),
];

/** A Service and the slice of its endpoints: named ports that lead to a port of pod "single". */
export function buildService(name: string, { ports, ready = true, target = "single" }: ServiceParts): readonly KubernetesObject[] {
  const named = ports.map(({ name: portName, port, targetPort }) => ({ ...(portName !== "" && { name: portName }), port, targetPort, protocol: "TCP" }));
  return [
    { apiVersion: "v1", kind: "Service", metadata: { name, namespace: "space" }, spec: { ports: named } },
    {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: `${name}-1`, namespace: "space", labels: { "kubernetes.io/service-name": name } },
      addressType: "IPv4",
      endpoints: [{ addresses: ["10.244.1.5"], conditions: { ready }, targetRef: { kind: "Pod", namespace: "space", name: target } }],
      ports: ports.map(({ name: portName, targetPort }): Json => ({ name: portName, port: targetPort, protocol: "TCP" })),
    },
  ];
}

type ServiceParts = {
  readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort: number }[];
  readonly ready?: boolean;
  readonly target?: string;
};

/** Node "node". */
export const node: KubernetesObject = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "node" },
  status: { addresses: [{ type: "InternalIP", address: "10.0.0.9" }] },
};
