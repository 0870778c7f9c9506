import type { Cause } from "./cause.ts";
import { findDisruption, findEvent, quoteMessage, untilOver } from "./cause.ts";

/** The scheduler or the kubelet removed the pod to make room for one of higher priority. */
export const preempted: Cause = {
  code: "preempted",
  graceSeconds: untilOver,
  ends: "lost",
  cutsShort: true,
  match({ pod, events }) {
    const disruption = findDisruption(pod);
    if (disruption?.reason !== "PreemptionByScheduler" && !(pod?.phase === "Failed" && pod.reason === "Preempting")) return undefined;
    const told = findEvent(events, ["Preempted", "Preempting"])?.message ?? disruption?.message ?? pod?.message ?? "";
    return {
      message: `The pod had to make room for one of higher priority on node ${pod?.nodeName ?? ""}: ${quoteMessage(told)}`,
      hint: "Give the plugin's podSpec a priorityClassName (`kubectl get priorityclasses`), or run it when the cluster has room.",
    };
  },
};
