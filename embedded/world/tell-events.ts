import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { field, text } from "../../core/kubernetes/field.ts";
import type { Api } from "../api/registry/api.ts";
import type { Clock } from "../clock.ts";
import { recordEvent } from "../nodes/record-event.ts";
import { objectsAt } from "../objects/object-fields.ts";

type Told = { readonly reason: string; readonly message: string; readonly fieldPath?: string };

/** Writes the events that a shown pod's scheduler and kubelet would go on telling of it; nothing for a healthy one. */
export function tellEvents({ api, clock }: { readonly api: Api; readonly clock: Clock }, pod: KubernetesObject): void {
  const host = text(field(pod, "spec", "nodeName"));
  const unscheduled = objectsAt(field(pod, "status", "conditions")).find(({ type, status }) => type === "PodScheduled" && status === "False");
  if (unscheduled)
    recordEvent(api, clock, { about: pod, type: "Warning", reason: "FailedScheduling", message: text(unscheduled["message"]), component: "default-scheduler" });
  for (const status of objectsAt(field(pod, "status", "containerStatuses")))
    for (const told of describeWaiting(pod, text(status["name"]), { image: text(status["image"]), waiting: field(status, "state", "waiting") }))
      recordEvent(api, clock, { about: pod, type: "Warning", component: "kubelet", host, fieldPath: `spec.containers{${text(status["name"])}}`, ...told });
}

function describeWaiting(pod: KubernetesObject, container: string, { image, waiting }: { readonly image: string; readonly waiting: unknown }): readonly Told[] {
  const message = text(field(waiting, "message"));
  switch (text(field(waiting, "reason"))) {
    case "CrashLoopBackOff": {
      const name = `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;
      return [{ reason: "BackOff", message: `Back-off restarting failed container ${container} in pod ${name}` }];
    }
    case "ImagePullBackOff":
      return [
        { reason: "Failed", message: `Failed to pull image "${image}": failed to resolve image: ${image}: not found` },
        { reason: "BackOff", message },
      ];
    case "CreateContainerConfigError":
      return [{ reason: "Failed", message: `Error: ${message}` }];
    default:
      return [];
  }
}
