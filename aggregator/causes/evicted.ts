import type { Cause } from "./cause.ts";
import { findDisruption, quoteMessage, untilOver } from "./cause.ts";

/** The kubelet ended the whole pod, or its node's taint did: pressure on the node, a limit of the pod, a shutdown. */
export const evicted: Cause = {
  code: "evicted",
  graceSeconds: untilOver,
  ends: "lost",
  cutsShort: true,
  match({ pod }) {
    const disruption = findDisruption(pod);
    const byNode = disruption !== undefined && ["TerminationByKubelet", "DeletionByTaintManager", "DeletionByPodGC"].includes(disruption.reason);
    const reason = pod?.phase === "Failed" ? pod.reason : undefined;
    if (!byNode && reason === undefined) return undefined;
    return {
      message: `Kubernetes ended the pod (${reason ?? disruption?.reason}): ${quoteMessage(pod?.message ?? disruption?.message ?? "it does not say why")}`,
      hint: `See what its node lacks: \`kubectl describe node ${pod?.nodeName ?? "NODE"}\`; resource requests in the plugin's file protect it from pressure.`,
    };
  },
};
