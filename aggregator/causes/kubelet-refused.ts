import type { Cause } from "./cause.ts";
import { quoteMessage } from "./cause.ts";

/** The kubelet does not take a pod that was given to its node: no room left, a node affinity that it no longer meets, a device that is gone. */
export const kubeletRefused: Cause = {
  code: "kubelet-refused",
  graceSeconds: 5,
  ends: "lost",
  match({ pod }) {
    if (pod?.phase !== "Failed" || pod.reason === undefined || !isAdmission(pod.reason)) return undefined;
    return {
      message: `Node ${pod.nodeName ?? ""} does not take the pod (${pod.reason}): ${quoteMessage(pod.message ?? "it does not say why")}`,
      hint: `Compare the plugin's requests with what is left there: \`kubectl describe node ${pod.nodeName ?? "NODE"}\`.`,
    };
  },
};

/** Reasons of the kubelet's admission (pkg/kubelet/lifecycle, cm). */
const isAdmission = (reason: string): boolean =>
  reason.startsWith("OutOf") ||
  ["NodeAffinity", "UnexpectedAdmissionError", "TopologyAffinityError", "AppArmor", "PodOSNotSupported", "NodeName"].includes(reason);
