import { StatusError } from "../../../api/status-error.ts";
import { keyOf, typeOf } from "../../../objects/object-key.ts";
import { isTerminated } from "../../../objects/pod-state.ts";
import { recordEvent } from "../../record-event.ts";
import type { Resources } from "../../scheduler/pod-requests.ts";
import { addResources, parseResources, sumPodRequests } from "../../scheduler/pod-requests.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import { readCapacity } from "../node/capacity.ts";
import { buildRefusedStatus } from "../status/build-pod-status.ts";
import type { Pod } from "./pod.ts";

/** Turns a pod away that comes to a node with a full disk or without room for it; true if it did. */
export function refusePod(context: KubeletContext, pod: Pod): boolean {
  const refusal = isCritical(pod) ? undefined : (judgeDisk(context) ?? judgeRoom(context, pod));
  if (refusal === undefined) return false;
  const { api, clock, node } = context;
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

type Refusal = { readonly reason: string; readonly message: string };

/** Source: k8s.io/kubernetes, pkg/kubelet/eviction/eviction_manager.go, Admit. */
const judgeDisk = ({ isDiskFull }: KubeletContext): Refusal | undefined =>
  isDiskFull() ? { reason: "Evicted", message: "The node had condition: [DiskPressure]. " } : undefined;

/** What no scheduler has looked at, because the pod names its node, is judged here. Source: k8s.io/kubernetes, pkg/kubelet/lifecycle/predicate.go. */
function judgeRoom({ api, node }: KubeletContext, pod: Pod): Refusal | undefined {
  const others = api
    .list(typeOf(api, "v1", "Pod"), { fieldSelector: `spec.nodeName=${node.name}` })
    .filter((other) => other.metadata.uid !== pod.metadata.uid && !isTerminated(other));
  const used = others.map(sumPodRequests).reduce<Resources>((sum, one) => addResources(sum, one), new Map());
  const offered = parseResources(readCapacity(node).allocatable);
  for (const [name, amount] of sumPodRequests(pod)) {
    const [taken, all] = [used.get(name) ?? 0n, offered.get(name) ?? 0n];
    if (amount === 0n || amount <= all - taken) continue;
    const unit = name === "cpu" ? 1_000_000n : 1_000_000_000n;
    const amounts = `requested: ${amount / unit}, used: ${taken / unit}, capacity: ${all / unit}`;
    return { reason: `OutOf${name}`, message: `Node didn't have enough resource: ${name}, ${amounts}` };
  }
  return undefined;
}

/** system-cluster-critical and above are never turned away or evicted. */
export const isCritical = ({ spec }: Pod): boolean => (spec.priority ?? 0) >= 2_000_000_000;
