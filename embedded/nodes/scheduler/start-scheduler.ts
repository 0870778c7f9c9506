import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, list } from "../../../core/kubernetes/field.ts";
import type { Api } from "../../api/registry/api.ts";
import type { Clock } from "../../clock.ts";
import { isDeclared, typeOf } from "../../objects/object-key.ts";
import { stringsAt } from "../../objects/object-fields.ts";
import { isDeleting, isTerminated, nodeNameOf } from "../../objects/pod-state.ts";
import { createWorkQueue } from "../work-queue.ts";
import { bindPod } from "./bind-pod.ts";
import { evictVictims } from "./evict-victims.ts";
import type { Surroundings } from "./filter.ts";
import type { NodeState } from "./node-state.ts";
import { buildNodeStates, withPod } from "./node-state.ts";
import { priorityOf } from "./plan-preemption.ts";
import { reportUnschedulable } from "./report-unschedulable.ts";
import { schedulePod } from "./schedule-pod.ts";
import { byAge } from "../../objects/order.ts";

export type SchedulerOptions = { readonly api: Api; readonly clock: Clock; readonly signal: AbortSignal };

/** Gives every pod without a node to one where it fits, the most important first, again after each change of nodes, pods or volumes; until `signal` aborts. */
export function startScheduler({ api, clock, signal }: SchedulerOptions): void {
  const waiting = new Map<string, KubernetesObject>();
  const queue = createWorkQueue({ clock, signal, work: () => scheduleAll({ api, clock, signal }, [...waiting.values()]) });
  const lookAgain = (): void => {
    if (waiting.size > 0) queue.add("pods");
  };
  api.watch(typeOf(api, "v1", "Pod"), { signal }, ({ type, object }) => {
    const key = object.metadata.uid ?? "";
    if (type !== "DELETED" && isWaiting(object)) waiting.set(key, object);
    else waiting.delete(key);
    lookAgain();
  });
  for (const [apiVersion, kind] of lookedAt) api.watch(typeOf(api, apiVersion, kind), { signal }, lookAgain);
}

const lookedAt = [
  ["v1", "Node"],
  ["v1", "PersistentVolumeClaim"],
] as const;

const isWaiting = (pod: KubernetesObject): boolean =>
  nodeNameOf(pod) === "" &&
  !isDeleting(pod) &&
  !isTerminated(pod) &&
  !isDeclared(pod) &&
  list(field(pod, "spec", "schedulingGates")).length === 0 &&
  (field(pod, "spec", "schedulerName") ?? "default-scheduler") === "default-scheduler";

function scheduleAll({ api, clock }: SchedulerOptions, waiting: readonly KubernetesObject[]): void {
  const nodes = buildNodeStates(api.list(typeOf(api, "v1", "Node")), api.list(typeOf(api, "v1", "Pod")));
  const budgets = (): readonly KubernetesObject[] => api.list(typeOf(api, "policy/v1", "PodDisruptionBudget"));
  for (const pod of waiting.toSorted(byPriority)) {
    const decision = schedulePod(pod, buildSurroundings(api, withNominated(nodes, pod, waiting)), budgets);
    const state = "nodeName" in decision ? nodes.get(decision.nodeName) : undefined;
    switch (decision.kind) {
      case "bind":
        bindPod(api, clock, { pod, nodeName: decision.nodeName });
        if (state !== undefined) nodes.set(state.name, withPod(state, pod));
        break;
      case "preempt":
        reportUnschedulable(api, clock, { pod, message: decision.message, nominatedNodeName: decision.nodeName });
        evictVictims(api, clock, { victims: decision.victims, nodeName: decision.nodeName, preemptor: pod });
        // What they leave is known only after they have gone, which starts the next round.
        return;
      case "none":
        reportUnschedulable(api, clock, { pod, message: decision.message });
    }
  }
}

const byPriority = (left: KubernetesObject, right: KubernetesObject): number => priorityOf(right) - priorityOf(left) || byAge(left, right);

/** Nodes on which room is being made for others at least as important count as if those were there. */
function withNominated(nodes: ReadonlyMap<string, NodeState>, pod: KubernetesObject, waiting: readonly KubernetesObject[]): ReadonlyMap<string, NodeState> {
  const changed = new Map(nodes);
  for (const other of waiting) {
    const state = changed.get(String(field(other, "status", "nominatedNodeName") ?? ""));
    if (state === undefined || other.metadata.uid === pod.metadata.uid || priorityOf(other) < priorityOf(pod)) continue;
    if (!state.pods.some(({ metadata }) => metadata.uid === other.metadata.uid)) changed.set(state.name, withPod(state, other));
  }
  return changed;
}

function buildSurroundings(api: Api, nodes: ReadonlyMap<string, NodeState>): Surroundings {
  const find = ([apiVersion, kind]: readonly [string, string], name: string, namespace = ""): KubernetesObject | undefined =>
    api.find({ type: typeOf(api, apiVersion, kind), namespace, name });
  return {
    nodes,
    namespaceLabels: (namespace) => stringsAt(find(["v1", "Namespace"], namespace)?.metadata.labels),
    findClaim: (namespace, name) => find(["v1", "PersistentVolumeClaim"], name, namespace),
  };
}
