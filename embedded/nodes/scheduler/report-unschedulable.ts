import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field } from "../../../core/kubernetes/field.ts";
import type { Api } from "../../api/registry/api.ts";
import type { Clock } from "../../clock.ts";
import { findCondition, withCondition } from "../conditions.ts";
import { keyOf } from "../object-key.ts";
import { objectAt } from "../object-fields.ts";
import { recordEvent } from "../record-event.ts";

export type Unschedulable = {
  readonly pod: KubernetesObject;
  readonly message: string;
  /** Where room is being made for it. */
  readonly nominatedNodeName?: string;
};

/** Says in a pod's status and an event why it waits, once for each reason. */
export function reportUnschedulable(api: Api, clock: Clock, { pod, message, nominatedNodeName }: Unschedulable): void {
  const isNews = findCondition(pod, "PodScheduled")?.["message"] !== message;
  const condition = {
    type: "PodScheduled",
    status: "False" as const,
    reason: "Unschedulable",
    message,
    lastProbeTime: null,
    ...(pod.metadata["generation"] === undefined ? {} : { observedGeneration: pod.metadata["generation"] }),
  };
  const nomination = nominatedNodeName ?? field(pod, "status", "nominatedNodeName");
  const status = {
    ...objectAt(pod["status"]),
    conditions: withCondition(pod, condition, clock.now()),
    ...(typeof nomination === "string" ? { nominatedNodeName: nomination } : {}),
  };
  if (!isDeepStrictEqual(status, pod["status"])) api.modify(keyOf(api, pod), (old) => ({ ...old, status }), { subresource: "status" });
  if (isNews) recordEvent(api, clock, { about: pod, type: "Warning", reason: "FailedScheduling", message, component: "default-scheduler" });
}

/** Says that a pod is held back by its own scheduling gates. */
export function reportGated(api: Api, clock: Clock, pod: KubernetesObject): void {
  if (findCondition(pod, "PodScheduled")?.["reason"] === "SchedulingGated") return;
  const condition = {
    type: "PodScheduled",
    status: "False" as const,
    reason: "SchedulingGated",
    message: "Scheduling is blocked due to non-empty scheduling gates",
    lastProbeTime: null,
  };
  const conditions = withCondition(pod, condition, clock.now());
  api.modify(keyOf(api, pod), (old) => ({ ...old, status: { ...objectAt(old["status"]), conditions } }), { subresource: "status" });
}
