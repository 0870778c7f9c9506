import type { Difference } from "./compare-answers.ts";

/** A way in which the embedded API answers otherwise than a real API server, and why it may. */
export type KnownDifference = { readonly reason: string; readonly requests?: RegExp; readonly at: RegExp };

/** All of them; the differential test fails for a difference that is not here, and for an entry that no answer shows any more. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    reason: "Controllers, scheduler and kubelets write in the same process, past the API that notes who manages which fields; nobody applies against them.",
    at: /managedFields\[(?:kubelet|kube-controller-manager|kube-scheduler|kube-apiserver|kubeadm|clusterrole-aggregation-controller)\b[^\]]*\](?:$|\.)/,
  },
  {
    reason: "Nobody keeps a review or a token request, so nobody manages its fields.",
    requests: /(?:reviews|\/token)$/,
    at: /^metadata\.managedFields\[/,
  },
  {
    reason: "The entry of subresource scale carries its time, and outlives the next write of the same client.",
    at: /managedFields\[kubectl Update scale\]/,
  },
  {
    reason:
      "Kinds that neither asdic nor kubectl nor the tests use are not served: component statuses, flow control, dynamic resources, admission policies that mutate, IP addresses, old versions.",
    at: /^(?:groups|items|resources)(?:\[[^\]]*\])?(?:\.versions\[v1\])?(?:\.resources\[\w+\])?$/,
    requests: /GET \/apis?(?:\/v1)?$/,
  },
  {
    reason: "Dynamic resources are not served.",
    requests: /\/apis\/resource\.k8s\.io\/v1\//,
    at: /^(?:code|type)$/,
  },
  {
    reason: "Containers are processes whose input and output belong to their log; attach says so.",
    requests: /\/attach$/,
    at: /^(?:code|type|reason|message)$/,
  },
  {
    reason: "Pods are not resized in place, so kubelets do not report what was allocated.",
    at: /status\.(?:allocatedResources|resources|containerStatuses\[\]\.allocatedResources)$/,
  },
  {
    reason: "Nobody reads a node's time to live for cached Secrets; its controller does not run.",
    at: /annotations\.node\.alpha\.kubernetes\.io\/ttl$/,
  },
  {
    reason: "Nodes hold no images but our own and busybox, which they do not list.",
    at: /status\.images$/,
  },
  {
    reason: "Kubelets have one way to run a container, without a name, and declare no features.",
    at: /status\.(?:declaredFeatures|runtimeHandlers\[\]\.name)$/,
  },
  {
    reason: "Endpoint slices do not say when their Service last changed; only metrics of kube-proxy read it.",
    requests: /endpointslices$/,
    at: /metadata\.annotations$/,
  },
  {
    reason: "Ephemeral containers are accepted and never started.",
    at: /status\.ephemeralContainerStatuses$/,
  },
  {
    reason: "A kubelet's next report replaces a pod's whole status, also what somebody else wrote there.",
    at: /^(?:items\[single\]\.)?status\.message$/,
  },
  {
    reason: "The OpenAPI document says what kubectl's validation reads, not how to log in.",
    requests: /\/openapi\/v3\//,
    at: /^components\.securitySchemes$/,
  },
  {
    reason:
      "The embedded administrator is of group system:masters, whom nobody asks for a role; kubeadm's is bound to cluster-admin, and the review names the binding.",
    requests: /auth can-i create pods .*selfsubjectaccessreviews$/,
    at: /^status\.reason$/,
  },
];

/** Whether that entry is about this difference. */
export const isKnown = ({ request, at }: Difference, known: KnownDifference): boolean => known.at.test(at) && (known.requests?.test(request) ?? true);
