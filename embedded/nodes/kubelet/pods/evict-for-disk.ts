import { nanosOf } from "../../../../core/kubernetes/quantity.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import { readCapacity } from "../node/capacity.ts";
import { tellNode } from "../node/report-node.ts";
import type { PodWorker } from "./pod-worker.ts";
import { isCritical } from "./refuse-pod.ts";

/** Ends the pods that asked for nothing, as a kubelet does whose disk is full. Source: k8s.io/kubernetes, pkg/kubelet/eviction/helpers.go, evictionMessage. */
export function evictForDisk(context: KubeletContext, workers: readonly PodWorker[]): void {
  tellNode(context, { type: "Warning", reason: "EvictionThresholdMet", message: "Attempting to reclaim ephemeral-storage" });
  const bytes = nanosOf(readCapacity(context.node).capacity["ephemeral-storage"]) / 1_000_000_000n;
  const low = `The node was low on resource: ephemeral-storage. Threshold quantity: ${bytes / 10n}, available: ${bytes / 25n / 1024n}Ki. `;
  for (const { handle, evict } of workers) {
    const pod = handle.pod();
    if (pod.status?.["qosClass"] !== "BestEffort" || isCritical(pod)) continue;
    const uses = pod.spec.containers.map(({ name }) => `Container ${name} was using 24Ki, request is 0, has larger consumption of ephemeral-storage. `);
    evict("Evicted", `${low}${uses.join("")}`);
  }
}
