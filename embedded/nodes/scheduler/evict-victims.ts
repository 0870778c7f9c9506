import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { Api } from "../../api/registry/api.ts";
import type { Clock } from "../../clock.ts";
import { withCondition } from "../conditions.ts";
import { keyOf } from "../object-key.ts";
import { objectAt } from "../object-fields.ts";
import { recordEvent } from "../record-event.ts";

export type Eviction = { readonly victims: readonly KubernetesObject[]; readonly nodeName: string; readonly preemptor: KubernetesObject };

/** Deletes the pods that have to make room, with their own grace, and says who took their place. */
export function evictVictims(api: Api, clock: Clock, { victims, nodeName, preemptor }: Eviction): void {
  for (const victim of victims) {
    const key = keyOf(api, victim);
    const condition = {
      type: "DisruptionTarget",
      status: "True" as const,
      reason: "PreemptionByScheduler",
      message: "default-scheduler: preempting to accommodate a higher priority pod",
      lastProbeTime: null,
      ...(victim.metadata["generation"] === undefined ? {} : { observedGeneration: victim.metadata["generation"] }),
    };
    const mark = (old: KubernetesObject): KubernetesObject => ({
      ...old,
      status: { ...objectAt(old["status"]), conditions: withCondition(old, condition, clock.now()) },
    });
    if (victim.metadata.deletionTimestamp === undefined) {
      api.modify(key, mark, { subresource: "status" });
      api.delete(key, victim.metadata.uid === undefined ? {} : { preconditions: { uid: victim.metadata.uid } });
    }
    const message = `Preempted by pod ${preemptor.metadata.uid ?? ""} on node ${nodeName}`;
    recordEvent(api, clock, { about: victim, type: "Normal", reason: "Preempted", message, component: "default-scheduler" });
  }
}
