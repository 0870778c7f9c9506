import type { JsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { field, text } from "../../core/kubernetes/field.ts";
import { numberAt, objectAt, objectsAt } from "../objects/object-fields.ts";

/** Where a shown pod stands in the pod network. */
export type PodAddresses = { readonly podIP: string; readonly hostIP: string };

/** A shown object's status, filled up as a healthy one's would be; what the world file says stays. `pods` is how many were made for it. */
export function fillStatus(object: KubernetesObject, { addresses, pods }: { readonly addresses: PodAddresses; readonly pods: number }): JsonObject {
  const given = objectAt(object["status"]);
  switch (object.kind) {
    case "Pod":
      return fillPodStatus(object, given, addresses);
    case "Deployment":
      return fillReplicas(object, given, ["Available", "Progressing"]);
    case "ReplicaSet":
    case "StatefulSet":
      return fillReplicas(object, given, []);
    case "DaemonSet":
      return {
        currentNumberScheduled: pods,
        desiredNumberScheduled: pods,
        numberAvailable: pods,
        numberMisscheduled: 0,
        numberReady: pods,
        observedGeneration: 1,
        updatedNumberScheduled: pods,
        ...given,
      };
    default:
      return given;
  }
}

function fillPodStatus(pod: KubernetesObject, given: JsonObject, { podIP, hostIP }: PodAddresses): JsonObject {
  const created = text(pod.metadata.creationTimestamp);
  const isPlaced = text(field(pod, "spec", "nodeName")) !== "";
  const containers = isPlaced
    ? objectsAt(field(pod, "spec", "containers")).map((container) => fillContainer(container, objectsAt(given["containerStatuses"]), created))
    : [];
  const isReady = isPlaced && containers.every(({ ready }) => ready === true);
  const condition = (type: string, status: boolean, reason?: string): JsonObject => ({
    type,
    status: status ? "True" : "False",
    lastProbeTime: null,
    lastTransitionTime: created,
    ...(status || reason === undefined ? {} : { reason }),
  });
  const filled = isPlaced
    ? [
        condition("PodReadyToStartContainers", true),
        condition("Initialized", true),
        condition("Ready", isReady, "ContainersNotReady"),
        condition("ContainersReady", isReady, "ContainersNotReady"),
        condition("PodScheduled", true),
      ]
    : [];
  const own = objectsAt(given["conditions"]);
  return {
    phase: isPlaced ? "Running" : "Pending",
    ...(isPlaced ? { hostIP, hostIPs: [{ ip: hostIP }], podIP, podIPs: [{ ip: podIP }], startTime: created } : {}),
    ...given,
    conditions: [...filled.filter(({ type }) => !own.some((one) => one["type"] === type)), ...own.map((one) => ({ lastTransitionTime: created, ...one }))],
    ...(isPlaced ? { containerStatuses: containers } : {}),
  };
}

function fillContainer(container: JsonObject, given: readonly JsonObject[], created: string): JsonObject {
  const own = given.find(({ name }) => name === container["name"]) ?? {};
  const state = own["state"] ?? { running: { startedAt: created } };
  const isRunning = field(state, "running") !== undefined;
  return {
    name: text(container["name"]),
    image: text(container["image"]),
    imageID: isRunning ? `${text(container["image"])}@sha256:shown` : "",
    ready: isRunning,
    started: isRunning,
    restartCount: 0,
    lastState: {},
    ...own,
    state,
  };
}

function fillReplicas(object: KubernetesObject, given: JsonObject, conditionTypes: readonly string[]): JsonObject {
  const replicas = numberAt(field(object, "spec", "replicas"), 1);
  const ready = numberAt(given["readyReplicas"], replicas);
  const created = text(object.metadata.creationTimestamp);
  const conditions = conditionTypes.map((type) => {
    const isMet = type !== "Available" || ready === replicas;
    const reason = type === "Progressing" ? "NewReplicaSetAvailable" : isMet ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable";
    return { type, status: isMet ? "True" : "False", reason, lastUpdateTime: created, lastTransitionTime: created };
  });
  return {
    observedGeneration: 1,
    replicas,
    ...(object.kind === "ReplicaSet" ? { fullyLabeledReplicas: replicas } : { updatedReplicas: replicas }),
    ...(ready === 0 ? {} : { readyReplicas: ready, availableReplicas: ready }),
    ...(object.kind === "Deployment" && ready < replicas ? { unavailableReplicas: replicas - ready } : {}),
    ...(conditions.length > 0 ? { conditions } : {}),
    ...given,
  };
}
