import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { objectNames } from "../../core/contract/names.ts";
import type { EventView } from "../../core/kubernetes/event-view.ts";
import { field, list } from "../../core/kubernetes/field.ts";
import { parsePodView } from "../../core/kubernetes/pod-view.ts";
import type { Trouble } from "./run-view.ts";

/** What keeps the aggregator's pod from its volume, with what scheduler and provisioner say; undefined where it has it, or needs none. */
export function findVolumeTrouble(pod: KubernetesObject, events: readonly EventView[]): Trouble | undefined {
  if (!usesVolume(field(pod, "spec"))) return undefined;
  const { name, namespace = "" } = pod.metadata;
  const { conditions, containers } = parsePodView(pod);
  if (containers.some(({ state, reason }) => state !== "waiting" || !["", "ContainerCreating"].includes(reason))) return undefined;
  const ofClaim = events.findLast(({ about }) => about.name === objectNames.volumeClaim);
  const ofPod = events.findLast(({ about, reason }) => about.name === name && reason === "FailedAttachVolume");
  const unscheduled = conditions.find(({ type, status }) => type === "PodScheduled" && status === "False");
  const isScheduled = conditions.some(({ type, status }) => type === "PodScheduled" && status === "True");
  if (isScheduled) return ofPod && buildTrouble("volume-not-attached", [ofPod.message], namespace);
  const isForClaim = unscheduled !== undefined && claimWords.test(unscheduled.message);
  if (!isForClaim && (unscheduled !== undefined || ofClaim?.type !== "Warning")) return undefined;
  return buildTrouble("volume-unbound", [unscheduled?.message, ofClaim && `${ofClaim.reason}: ${ofClaim.message}`], namespace);
}

/** Whether a pod's spec has the claim among its volumes. */
export const usesVolume = (podSpec: unknown): boolean =>
  list(field(podSpec, "volumes")).some((volume) => field(volume, "persistentVolumeClaim", "claimName") === objectNames.volumeClaim);

/** The scheduler has one reason for all that keeps a pod from a node. */
const claimWords = /persistentvolumeclaim|volume node affinity|binding volumes/i;

const buildTrouble = (code: string, words: readonly (string | undefined)[], namespace: string): Trouble => ({
  code,
  message: `The aggregator does not get its volume: ${words.filter((word) => word !== undefined && word !== "").join("; ")}`,
  hint: `\`kubectl describe pvc ${objectNames.volumeClaim} -n ${namespace}\` tells more. Another --storage-class may have one, and without that flag a run needs none.`,
});
