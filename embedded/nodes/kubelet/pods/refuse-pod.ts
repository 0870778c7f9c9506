import { StatusError } from "../../../api/status-error.ts";
import { keyOf } from "../../object-key.ts";
import { recordEvent } from "../../record-event.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import { buildRefusedStatus } from "../status/build-pod-status.ts";
import type { Pod } from "./pod.ts";

/** Turns a pod away that comes to a node with a full disk; true if it did. Source: k8s.io/kubernetes, pkg/kubelet/eviction/eviction_manager.go, Admit. */
export function refusePod(context: KubeletContext, pod: Pod): boolean {
  if (!context.isDiskFull() || isCritical(pod)) return false;
  const { api, clock, node } = context;
  const refusal = { reason: "Evicted", message: "The node had condition: [DiskPressure]. " };
  // Not within the change that brought the pod here.
  setImmediate(() => {
    recordEvent(api, clock, { about: pod, type: "Warning", ...refusal, component: "kubelet", host: node.name });
    try {
      api.modify(keyOf(api, pod), (old) => ({ ...old, status: buildRefusedStatus(pod, refusal, clock.now()) }), { subresource: "status" });
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
    }
  });
  return true;
}

/** system-cluster-critical and above are never turned away or evicted. */
export const isCritical = ({ spec }: Pod): boolean => (spec.priority ?? 0) >= 2_000_000_000;
