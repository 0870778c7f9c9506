import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { Api } from "../../api/registry/api.ts";
import type { Clock } from "../../clock.ts";
import { keyOf } from "../../objects/object-key.ts";
import { recordEvent } from "../record-event.ts";
import { isDeleting } from "../../objects/pod-state.ts";
import { markDisrupted } from "../mark-disrupted.ts";

export type Eviction = { readonly victims: readonly KubernetesObject[]; readonly nodeName: string; readonly preemptor: KubernetesObject };

/** Deletes the pods that have to make room, with their own grace, and says who took their place. */
export function evictVictims(api: Api, clock: Clock, { victims, nodeName, preemptor }: Eviction): void {
  for (const victim of victims) {
    const key = keyOf(api, victim);
    if (!isDeleting(victim)) {
      markDisrupted(api, clock, {
        pod: victim,
        reason: "PreemptionByScheduler",
        message: "default-scheduler: preempting to accommodate a higher priority pod",
      });
      api.delete(key, victim.metadata.uid === undefined ? {} : { preconditions: { uid: victim.metadata.uid } });
    }
    const message = `Preempted by pod ${preemptor.metadata.uid ?? ""} on node ${nodeName}`;
    recordEvent(api, clock, { about: victim, type: "Normal", reason: "Preempted", message, component: "default-scheduler" });
  }
}
