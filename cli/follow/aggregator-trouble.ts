import { isJsonObject, type Json } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { objectNames } from "../../core/contract/names.ts";
import type { EventView } from "../../core/kubernetes/event-view.ts";
import { parsePodView, type ContainerView, type PodView } from "../../core/kubernetes/pod-view.ts";
import type { Trouble } from "./run-view.ts";
import { findVolumeTrouble } from "./volume-trouble.ts";

/** What keeps the aggregator's pod from working, as its status and the events about its volume tell; undefined while it works, or only takes its time. */
export function findPodTrouble(pod: KubernetesObject, events: readonly EventView[] = []): Trouble | undefined {
  const view = parsePodView(pod);
  const namespace = pod.metadata.namespace ?? "";
  if (view.deleting) return undefined;
  return (
    findVolumeTrouble(pod, events) ?? findUnschedulable(view) ?? findEvicted(view) ?? findContainerTrouble(view.containers[0], namespace, countRestarts(pod))
  );
}

/** Why the Deployment has no pod at all. */
export function findDeploymentTrouble(deployment: KubernetesObject): Trouble | undefined {
  const status = isJsonObject(deployment["status"]) ? deployment["status"] : {};
  const condition = listOf(status["conditions"]).find((each) => isJsonObject(each) && each["type"] === "ReplicaFailure" && each["status"] === "True");
  if (!isJsonObject(condition)) return undefined;
  return {
    code: "object-refused",
    message: `The cluster refuses the aggregator's pod: ${String(condition["message"] ?? condition["reason"] ?? "it does not say why")}`,
    hint: "Ask the cluster's administrator about the quota, policy or webhook that it names, or run in another --namespace.",
  };
}

function findUnschedulable({ conditions }: PodView): Trouble | undefined {
  const condition = conditions.find(({ type, status, reason }) => type === "PodScheduled" && status === "False" && reason === "Unschedulable");
  return (
    condition && {
      code: "unschedulable",
      message: `No node can take the aggregator's pod: ${condition.message}`,
      hint: "Free or add resources, or choose other nodes by --node-selector.",
    }
  );
}

const findEvicted = ({ phase, reason, message }: PodView): Trouble | undefined =>
  phase === "Failed"
    ? {
        code: "evicted",
        message: `The aggregator's pod was ended: ${message ?? reason ?? "nobody says why"}`,
        hint: "Kubernetes starts another, and the run goes on.",
      }
    : undefined;

function findContainerTrouble(container: ContainerView | undefined, namespace: string, restarts: number): Trouble | undefined {
  if (container === undefined) return undefined;
  const { state, reason, message, image } = container;
  if (state === "waiting" && imageReasons.includes(reason))
    return {
      code: "image-pull",
      message: `The node can't get the aggregator's image ${image}: ${message || reason}`,
      hint: "Check that the image is there and that the nodes may pull it, or name another by --image.",
    };
  if (state === "waiting" && configReasons.includes(reason))
    return {
      code: "container-config",
      message: `The node can't start the aggregator's container: ${message || reason}`,
      hint: `Look at it with \`kubectl describe deployment ${objectNames.aggregator} -n ${namespace}\`.`,
    };
  // The kubelet starts it again at once, and it goes on from its journal; only one that keeps ending is in trouble.
  if ((state === "terminated" && restarts > 0) || reason === "CrashLoopBackOff")
    return {
      code: "crashed",
      message: `The aggregator ends by itself${restarts > 0 ? `, ${restarts + 1} times by now` : ""}: ${readLastWords(message) || reason}`,
      hint: `Its last words: \`kubectl logs deployment/${objectNames.aggregator} -n ${namespace} --previous\`.`,
    };
  return undefined;
}

/** A container's message is the end of its log here, whose last line says why it ended. */
function readLastWords(log: string): string {
  const line = log.trimEnd().split("\n").at(-1) ?? "";
  try {
    const { msg, error }: Record<string, unknown> = JSON.parse(line);
    return [msg, error].filter((part) => typeof part === "string").join(": ");
  } catch {
    return line;
  }
}

const imageReasons = ["ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError", "RegistryUnavailable"];
const configReasons = ["CreateContainerConfigError", "CreateContainerError", "RunContainerError"];

function countRestarts(pod: KubernetesObject): number {
  const status = isJsonObject(pod["status"]) ? pod["status"] : {};
  const first = listOf(status["containerStatuses"])[0];
  return isJsonObject(first) && typeof first["restartCount"] === "number" ? first["restartCount"] : 0;
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
