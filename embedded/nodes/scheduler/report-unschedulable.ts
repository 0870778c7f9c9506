import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field } from "../../../core/kubernetes/field.ts";
import type { Api } from "../../api/registry/api.ts";
import type { Clock } from "../../clock.ts";
import { findCondition, withCondition } from "../../objects/conditions.ts";
import { keyOf } from "../../objects/object-key.ts";
import { objectAt } from "../../objects/object-fields.ts";
import { recordEvent } from "../record-event.ts";
import { buildPodCondition } from "../mark-disrupted.ts";

export type Unschedulable = {
  readonly pod: KubernetesObject;
  readonly message: string;
  /** Where room is being made for it. */
  readonly nominatedNodeName?: string;
};

/** Says in a pod's status and an event why it waits, once for each reason. */
export function reportUnschedulable(api: Api, clock: Clock, { pod, message, nominatedNodeName }: Unschedulable): void {
  const isNews = findCondition(pod, "PodScheduled")?.["message"] !== message;
  const condition = buildPodCondition(pod, { type: "PodScheduled", status: "False", reason: "Unschedulable", message });
  const nomination = nominatedNodeName ?? field(pod, "status", "nominatedNodeName");
  const status = {
    ...objectAt(pod["status"]),
    conditions: withCondition(pod, condition, clock.now()),
    ...(typeof nomination === "string" ? { nominatedNodeName: nomination } : {}),
  };
  if (!isDeepStrictEqual(status, pod["status"])) api.modify(keyOf(api, pod), (old) => ({ ...old, status }), { subresource: "status" });
  if (isNews) recordEvent(api, clock, { about: pod, type: "Warning", reason: "FailedScheduling", message, component: "default-scheduler" });
}
