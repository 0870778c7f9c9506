import type { Cause } from "./cause.ts";
import { containersOf, findEvent, quoteMessage } from "./cause.ts";

/** The node can't make the pod's sandbox: the network plugin, the runtime class or a sysctl; after a node's start that takes a while. */
export const sandboxFailed: Cause = {
  code: "sandbox-failed",
  graceSeconds: 45,
  // The first try on a busy node may fail for a moment.
  hiddenSeconds: 8,
  ends: "failed",
  match({ pod, events }) {
    if (!pod || containersOf(pod).some(({ state }) => state !== "waiting")) return undefined;
    const event = findEvent(events, ["FailedCreatePodSandBox", "FailedPodSandBoxStatus", "NetworkNotReady", "SysctlForbidden"]);
    return (
      event && {
        message: `Node ${pod.nodeName ?? ""} can't make the pod's sandbox: ${quoteMessage(event.message.replace(/^Failed to create pod sandbox: (?:rpc error: code = \w+ desc = )?/, ""), 600)}`,
        hint: `Look at the node's network plugin and runtime: \`kubectl describe node ${pod.nodeName ?? "NODE"}\`, and the pods of kube-system there.`,
      }
    );
  },
};
