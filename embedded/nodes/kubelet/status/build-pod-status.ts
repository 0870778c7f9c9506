import type { JsonObject } from "../../../../core/contract/json.ts";
import { renderTime } from "../../../objects/render-time.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import type { PodRecord } from "../pods/pod-record.ts";
import type { Pod, PodCondition } from "../pods/pod.ts";
import { buildContainerStatus, isReady } from "./container-status.ts";
import { readPhase } from "./phase.ts";
import { judgePod } from "./pod-conditions.ts";
import { isDeleting } from "../../../objects/pod-state.ts";

/** A pod's status as its kubelet sees it; what others wrote into it (PodScheduled, qosClass) stays. */
export function buildPodStatus({ node, clock }: Pick<KubeletContext, "node" | "clock">, pod: Pod, record: PodRecord): JsonObject {
  const phase = readPhase(pod, record);
  const hasInit = record.containers.some(({ kind }) => kind !== "main");
  // Before all init containers are done, nobody misses the others.
  const isAllOver = record.isOver && record.containers.every((one) => one.kind !== "init" || isReady(one));
  const generation = pod.metadata["generation"];
  const observed = typeof generation === "number" ? { observedGeneration: generation } : {};
  const statuses = (isInit: boolean): readonly JsonObject[] =>
    record.containers
      .filter(({ kind }) => (kind !== "main") === isInit)
      .map((one) => buildContainerStatus(one, hasInit ? "PodInitializing" : "ContainerCreating", isAllOver));
  const { message: _message, reason: _reason, ...rest } = pod.status ?? {};
  return {
    ...rest,
    ...observed,
    phase,
    conditions: mergeConditions(pod, judgePod(record, isDeleting(pod) && record.ended === undefined ? "Running" : phase), renderTime(clock.now())),
    ...(record.ended === undefined ? {} : { reason: record.ended.reason, message: record.ended.message }),
    hostIP: node.address,
    hostIPs: [{ ip: node.address }],
    ...(record.address === undefined ? {} : { podIP: record.address, podIPs: [{ ip: record.address }] }),
    startTime: record.startTime ?? pod.status?.startTime,
    ...(hasInit ? { initContainerStatuses: statuses(true) } : {}),
    containerStatuses: statuses(false).toSorted((left, right) => (String(left["name"]) < String(right["name"]) ? -1 : 1)),
  };
}

/** The status of a pod that the node turned away: nothing of it was ever looked at. */
export const buildRefusedStatus = (pod: Pod, { reason, message }: { readonly reason: string; readonly message: string }, now: Date): JsonObject => ({
  ...pod.status,
  phase: "Failed",
  reason,
  message,
  startTime: renderTime(now),
});

/** A condition keeps the time of its last change; others' conditions stay where they were. */
function mergeConditions({ status, metadata }: Pod, judged: ReturnType<typeof judgePod>, now: string): readonly PodCondition[] {
  const generation = metadata["generation"];
  const before = new Map((status?.conditions ?? []).map((condition) => [condition.type, condition]));
  const own = judged.map(({ type, ...rest }): PodCondition => {
    const old = before.get(type);
    before.delete(type);
    return {
      type,
      ...(typeof generation === "number" ? { observedGeneration: generation } : {}),
      ...rest,
      lastProbeTime: null,
      lastTransitionTime: old?.status === rest.status ? (old.lastTransitionTime ?? now) : now,
    };
  });
  return [...own, ...before.values()];
}
