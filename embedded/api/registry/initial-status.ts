import type { JsonObject } from "../../../core/contract/json.ts";
import type { ResourceType } from "../resource-type.ts";
import { qualifiedName } from "../resource-type.ts";

/** The status that a new object is given, whatever it came with; undefined where the server keeps what came. Nodes alone register with one. */
export function initialStatus(type: ResourceType, now: string): JsonObject | undefined {
  if (!type.subresources.includes("status") || type.kind === "Node") return undefined;
  if (type.kind === "PersistentVolume") return { phase: "Pending", lastPhaseTransitionTime: now };
  return statuses[qualifiedName(type)] ?? {};
}

const statuses: { readonly [name: string]: JsonObject } = {
  namespaces: { phase: "Active" },
  persistentvolumeclaims: { phase: "Pending" },
  replicationcontrollers: { replicas: 0 },
  services: { loadBalancer: {} },
  "daemonsets.apps": { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
  "replicasets.apps": { replicas: 0 },
  "statefulsets.apps": { replicas: 0, availableReplicas: 0 },
  "horizontalpodautoscalers.autoscaling": { desiredReplicas: 0, currentMetrics: null },
  "ingresses.networking.k8s.io": { loadBalancer: {} },
  "poddisruptionbudgets.policy": { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
  "volumeattachments.storage.k8s.io": { attached: false },
};

/** Kinds whose objects count the changes of what is wanted; of others `generation` is whatever they came with. */
export const hasGeneration = (type: ResourceType): boolean => counting.has(qualifiedName(type));

const counting: ReadonlySet<string> = new Set(
  [
    "pods podtemplates replicationcontrollers",
    "daemonsets.apps deployments.apps replicasets.apps statefulsets.apps",
    "cronjobs.batch jobs.batch endpointslices.discovery.k8s.io poddisruptionbudgets.policy priorityclasses.scheduling.k8s.io",
    "ingressclasses.networking.k8s.io ingresses.networking.k8s.io networkpolicies.networking.k8s.io",
    "mutatingwebhookconfigurations.admissionregistration.k8s.io validatingwebhookconfigurations.admissionregistration.k8s.io",
    "validatingadmissionpolicies.admissionregistration.k8s.io validatingadmissionpolicybindings.admissionregistration.k8s.io",
    "customresourcedefinitions.apiextensions.k8s.io",
  ].flatMap((names) => names.split(" ")),
);
