import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { buildBootstrapRights } from "./bootstrap-rights.ts";

/**
 * What is in a cluster before anybody asks for anything, in an order in which it can be created: namespaces, rights, priority classes, the Service of the API server.
 * `apiServer` is where that Service leads. Each namespace's default account and root CA come from startNamespaceFurnishing.
 */
export function buildBootstrapObjects({ apiServer }: { readonly apiServer: { readonly address: string; readonly port: number } }): readonly KubernetesObject[] {
  return [
    ...["kube-system", "kube-public", "kube-node-lease", "default"].map(buildNamespace),
    ...buildBootstrapRights(),
    buildPriorityClass("system-node-critical", 2000001000, "Used for system critical pods that must not be moved from their current node."),
    buildPriorityClass(
      "system-cluster-critical",
      2000000000,
      "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.",
    ),
    buildService(apiServer.port),
    buildEndpointSlice(apiServer),
  ];
}

const buildNamespace = (name: string): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels: { "kubernetes.io/metadata.name": name } },
  spec: { finalizers: ["kubernetes"] },
  status: { phase: "Active" },
});

const buildPriorityClass = (name: string, value: number, description: string): KubernetesObject => ({
  apiVersion: "scheduling.k8s.io/v1",
  kind: "PriorityClass",
  metadata: { name },
  description,
  preemptionPolicy: "PreemptLowerPriority",
  value,
});

const buildService = (targetPort: number): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "kubernetes", namespace: "default", labels: { component: "apiserver", provider: "kubernetes" } },
  spec: {
    clusterIP: "10.96.0.1",
    clusterIPs: ["10.96.0.1"],
    internalTrafficPolicy: "Cluster",
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
    ports: [{ name: "https", port: 443, protocol: "TCP", targetPort }],
    sessionAffinity: "None",
    type: "ClusterIP",
  },
  status: { loadBalancer: {} },
});

const buildEndpointSlice = ({ address, port }: { readonly address: string; readonly port: number }): KubernetesObject => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "kubernetes", namespace: "default", labels: { "kubernetes.io/service-name": "kubernetes" } },
  addressType: "IPv4",
  endpoints: [{ addresses: [address], conditions: { ready: true } }],
  ports: [{ name: "https", port, protocol: "TCP" }],
});
