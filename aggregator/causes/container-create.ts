import type { Cause } from "./cause.ts";
import { findWaiting, quoteMessage } from "./cause.ts";

/** The runtime can't make the container: a missing seccomp profile or device, a name in use; the kubelet tries again. */
export const containerCreate: Cause = {
  code: "container-create",
  graceSeconds: 30,
  ends: "failed",
  match({ pod, plugin, namespace }) {
    const container = findWaiting(pod, ["CreateContainerError", "CreateContainerRuntimeError", "PostStartHookError", "ImageInspectError"]);
    return (
      container && {
        message: `The runtime can't make container ${container.name}: ${quoteMessage(container.message)}`,
        hint: `Correct what the runtime names in the file of plugin ${plugin}, or mend node ${pod?.nodeName ?? ""}: \`kubectl get events -n ${namespace}\`.`,
      }
    );
  },
};
