import type { Cause, Sight } from "./cause.ts";
import { containersOf, findEvent, quoteMessage } from "./cause.ts";

/** A volume of the pod can't be had: what it names is not there, can't be attached or mounted, or its claim waits for a volume. */
export const volumeFailed: Cause = {
  code: "volume-failed",
  graceSeconds: 45,
  // The first mounts of a new pod often fail for a moment, on a busy cluster for ten seconds: kubelet or API server have not read yet what it names.
  hiddenSeconds: 15,
  ends: "failed",
  match(sight) {
    const words = findMount(sight) ?? findClaim(sight);
    return words === undefined
      ? undefined
      : {
          message: `A volume of the pod can't be had: ${quoteMessage(words)}`,
          hint: `Make what it names, or correct the volumes in the plugin's file; what is there: \`kubectl get configmaps,secrets,pvc -n ${sight.namespace}\`.`,
        };
  },
};

/** Mounts are tried again and again, so an old event counts only while no container has been made. */
function findMount({ pod, events }: Sight): string | undefined {
  if (!pod || containersOf(pod).some(({ state, reason }) => state !== "waiting" || !["ContainerCreating", "PodInitializing", ""].includes(reason)))
    return undefined;
  return findEvent(events, ["FailedMount", "FailedAttachVolume", "FailedMapVolume"])?.message;
}

/** The scheduler has one reason for all that keeps a pod from a node, so that only its words tell of claims. */
const findClaim = ({ pod }: Sight): string | undefined =>
  pod?.conditions.find(
    ({ type, status, message }) => type === "PodScheduled" && status === "False" && /persistentvolumeclaim|volume node affinity/i.test(message),
  )?.message;
