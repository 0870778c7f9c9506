import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { isDeclared, keyOf, typeOf } from "../../../objects/object-key.ts";
import { isDeleting, isTerminated, nodeNameOf } from "../../../objects/pod-state.ts";
import { createWorkQueue } from "../../work-queue.ts";
import type { WorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import { findByKey, nameKey, watchKind } from "../controller.ts";
import type { NodeMonitorOptions } from "./start-node-monitor.ts";
import { markDisrupted } from "../../mark-disrupted.ts";

/**
 * Removes pods that no kubelet will ever remove: of nodes that are gone for the monitor's grace, deleted ones without a node, and deleted ones of the world.
 * Source: kube-controller-manager, pkg/controller/podgc.
 */
export function startPodCollector(options: NodeMonitorOptions): void {
  const { api } = options;
  const missingSince = new Map<string, number>();
  const queue = createWorkQueue({ ...options, work: (key) => judgePod(options, { queue, missingSince }, key) });
  watchKind(options, podKind, ({ type, object }) => {
    if (type !== "DELETED" && (isDeleting(object) || nodeNameOf(object) !== "")) queue.add(nameKey(object));
  });
  watchKind(options, ["v1", "Node"], ({ type, object }) => {
    const { name } = object.metadata;
    if (type !== "DELETED") {
      missingSince.delete(name);
      return;
    }
    for (const pod of api.list(typeOf(api, ...podKind))) if (nodeNameOf(pod) === name) queue.add(nameKey(pod));
  });
}

const podKind = ["v1", "Pod"] as const;

type Plans = { readonly queue: WorkQueue; readonly missingSince: Map<string, number> };

function judgePod(options: NodeMonitorOptions, { queue, missingSince }: Plans, key: string): void {
  const { api, clock, nodeMonitorGraceSeconds } = options;
  const pod = findByKey(options, podKind, key);
  if (pod === undefined) return;
  const nodeName = nodeNameOf(pod);
  if (isDeleting(pod) && (nodeName === "" || isDeclared(pod))) {
    api.delete(keyOf(api, pod), { gracePeriodSeconds: 0 });
    return;
  }
  if (nodeName === "" || api.find({ type: typeOf(api, "v1", "Node"), namespace: "", name: nodeName }) !== undefined) return;
  const now = clock.now().getTime();
  const since = missingSince.get(nodeName) ?? now;
  missingSince.set(nodeName, since);
  const deadline = since + nodeMonitorGraceSeconds * 1000;
  if (deadline > now) queue.addAt(key, new Date(deadline));
  else collect(options, pod);
}

function collect({ api, clock }: Cluster, pod: KubernetesObject): void {
  if (!isTerminated(pod) && !isDeclared(pod))
    markDisrupted(api, clock, { pod, reason: "DeletionByPodGC", message: "PodGC: node no longer exists", phase: "Failed" });
  // Counting its failure may have let it go already.
  if (api.find(keyOf(api, pod)) !== undefined) api.delete(keyOf(api, pod), { gracePeriodSeconds: 0 });
}
