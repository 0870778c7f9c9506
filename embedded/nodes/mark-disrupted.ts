import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import type { JsonObject } from "../../core/contract/json.ts";
import type { Api } from "../api/registry/api.ts";
import type { Clock } from "../clock.ts";
import type { Condition } from "../objects/conditions.ts";
import { withCondition } from "../objects/conditions.ts";
import { objectAt } from "../objects/object-fields.ts";
import { keyOf } from "../objects/object-key.ts";

export type Disruption = { readonly reason: string; readonly message: string };

/** Writes into a pod's status why it has to go; `more` of its status changes with it. */
export function markDisrupted(api: Api, clock: Clock, { pod, reason, message, ...more }: Disruption & { readonly pod: KubernetesObject } & JsonObject): void {
  const condition = buildPodCondition(pod, { type: "DisruptionTarget", status: "True", reason, message });
  const mark = (old: KubernetesObject): KubernetesObject => ({
    ...old,
    status: { ...objectAt(old["status"]), ...more, conditions: withCondition(old, condition, clock.now()) },
  });
  api.modify(keyOf(api, pod), mark, { subresource: "status" });
}

/** A condition of a pod with what pods' conditions have beside others'. */
export const buildPodCondition = (pod: KubernetesObject, condition: Condition): Condition => ({
  ...condition,
  lastProbeTime: null,
  ...(pod.metadata["generation"] === undefined ? {} : { observedGeneration: pod.metadata["generation"] }),
});
