/** A control plane, three nodes where only pods are broken, and five that are there to be broken; with what pods may name but nobody runs. */
export const world: readonly object[] = [
  {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "control-plane", labels: { "node-role.kubernetes.io/control-plane": "" } },
    spec: { taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] },
  },
  ...["calm-1", "calm-2", "calm-3"].map((name) => buildNode(name, "calm", { cpu: "8" })),
  buildNode("tight", "tight", { cpu: "1" }),
  ...["broken-1", "broken-2", "broken-3", "broken-4"].map((name) => buildNode(name, "broken", { cpu: "4" })),
  { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: "strange" }, handler: "gvisor" },
  { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: "urgent" }, value: 1000 },
];

function buildNode(name: string, scene: string, capacity: object): object {
  return { apiVersion: "v1", kind: "Node", metadata: { name, labels: { scene } }, status: { capacity: { memory: "8Gi", pods: "110", ...capacity } } };
}
