import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { findCondition, isConditionTrue } from "../../../objects/conditions.ts";
import { isDeclared, keyOf, typeOf } from "../../../objects/object-key.ts";
import { objectAt, objectsAt } from "../../../objects/object-fields.ts";
import { nodeNameOf } from "../../../objects/pod-state.ts";
import { recordEvent } from "../../record-event.ts";
import { parseTime, renderTime } from "../../../objects/render-time.ts";
import { createWorkQueue } from "../../work-queue.ts";
import type { WorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { watchKind } from "../controller.ts";
import { writeStatus } from "../write-status.ts";

export type NodeMonitorOptions = Cluster & {
  /** How long a node may be silent; 40 on real clusters. */
  readonly nodeMonitorGraceSeconds: number;
};

/**
 * Turns the conditions of a node whose kubelet is silent to Unknown, and its pods to not ready. Life is the node's lease or status.
 * Source: kube-controller-manager, pkg/controller/nodelifecycle/node_lifecycle_controller.go.
 */
export function startNodeMonitor(options: NodeMonitorOptions): void {
  const queue = createWorkQueue({ ...options, work: (name) => judgeNode(options, queue, name) });
  const wasReady = new Map<string, boolean>();
  watchKind(options, nodeKind, ({ type, object }) => {
    const { name } = object.metadata;
    queue.add(name);
    tellRegistration(options, { type, object });
    const isReady = isConditionTrue(object, "Ready");
    if (type !== "DELETED" && wasReady.get(name) === true && !isReady && !isDeclared(object)) lost.add(name);
    if (type === "DELETED") wasReady.delete(name);
    else wasReady.set(name, isReady);
  });
  watchKind(options, ["coordination.k8s.io/v1", "Lease"], ({ object }) => {
    if (object.metadata.namespace === "kube-node-lease") queue.add(object.metadata.name);
  });
  // A kubelet that says of itself that it is not ready has the same effect on its pods.
  const lost = createWorkQueue({ ...options, work: (name) => markPodsNotReady(options, name) });
}

const nodeKind = ["v1", "Node"] as const;

function judgeNode(options: NodeMonitorOptions, queue: WorkQueue, name: string): void {
  const { api, clock, nodeMonitorGraceSeconds } = options;
  const node = api.find({ type: typeOf(api, ...nodeKind), namespace: "", name });
  if (node === undefined || isDeclared(node)) return;
  const lease = api.find({ type: typeOf(api, "coordination.k8s.io/v1", "Lease"), namespace: "kube-node-lease", name });
  const deadline = lastHeartbeat(node, lease) + nodeMonitorGraceSeconds * 1000;
  const now = clock.now();
  if (deadline > now.getTime()) {
    queue.addAt(name, new Date(deadline));
    return;
  }
  if (findCondition(node, "Ready")?.["status"] === "Unknown") return;
  const wasReady = isConditionTrue(node, "Ready");
  writeStatus(options, node, { ...objectAt(node["status"]), conditions: buildUnknown(node, now) });
  if (wasReady)
    recordEvent(api, clock, { about: node, type: "Normal", reason: "NodeNotReady", message: `Node ${name} status is now: NodeNotReady`, component });
}

const component = "node-controller";

/** The newest sign of life in milliseconds; a node that never gave one counts from its creation. */
const lastHeartbeat = (node: KubernetesObject, lease: KubernetesObject | undefined): number =>
  Math.max(
    parseTime(field(lease, "spec", "renewTime")) ?? 0,
    parseTime(findCondition(node, "Ready")?.["lastHeartbeatTime"]) ?? 0,
    parseTime(node.metadata.creationTimestamp) ?? 0,
  );

const watched = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

/** All conditions that the kubelet keeps; one that it never wrote says so. */
function buildUnknown(node: KubernetesObject, now: Date): readonly JsonObject[] {
  const conditions = objectsAt(field(node, "status", "conditions"));
  const changed = conditions.map((condition) => {
    if (!watched.includes(String(condition["type"])) || condition["status"] === "Unknown") return condition;
    return {
      ...condition,
      status: "Unknown",
      reason: "NodeStatusUnknown",
      message: "Kubelet stopped posting node status.",
      lastTransitionTime: renderTime(now),
    };
  });
  const missing = watched.filter((type) => !conditions.some((condition) => condition["type"] === type));
  const created = node.metadata.creationTimestamp ?? null;
  return [
    ...changed,
    ...missing.map((type) => ({
      type,
      status: "Unknown",
      reason: "NodeStatusNeverUpdated",
      message: "Kubelet never posted node status.",
      lastHeartbeatTime: created,
      lastTransitionTime: renderTime(now),
    })),
  ];
}

/** Takes the pods of a node that is not ready out of their Services. */
function markPodsNotReady(options: NodeMonitorOptions, nodeName: string): void {
  const { api, clock } = options;
  const node = api.find({ type: typeOf(api, ...nodeKind), namespace: "", name: nodeName });
  if (node === undefined || isConditionTrue(node, "Ready")) return;
  for (const pod of api.list(typeOf(api, "v1", "Pod"))) {
    if (nodeNameOf(pod) !== nodeName || isDeclared(pod) || !isConditionTrue(pod, "Ready")) continue;
    const lastTransitionTime = renderTime(clock.now());
    const conditions = objectsAt(field(pod, "status", "conditions")).map((one) =>
      one["type"] === "Ready" ? { ...one, status: "False", lastTransitionTime } : one,
    );
    api.modify(keyOf(api, pod), (old) => ({ ...old, status: { ...objectAt(old["status"]), conditions } }), { subresource: "status" });
    recordEvent(api, clock, { about: pod, type: "Warning", reason: "NodeNotReady", message: "Node is not ready", component });
  }
}

function tellRegistration({ api, clock }: Cluster, { type, object }: { readonly type: string; readonly object: KubernetesObject }): void {
  if (type === "MODIFIED" || isDeclared(object)) return;
  const { name } = object.metadata;
  const [reason, done] =
    type === "ADDED" ? ["RegisteredNode", `Registered Node ${name} in Controller`] : ["RemovingNode", `Removing Node ${name} from Controller`];
  setImmediate(() => recordEvent(api, clock, { about: object, type: "Normal", reason, message: `Node ${name} event: ${done}`, component }));
}
