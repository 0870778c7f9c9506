import type { Cause } from "./cause.ts";
import { findWaiting, quoteMessage } from "./cause.ts";

/** The kubelet can't put the container's settings together; the grace covers objects that are about to be created. */
export const containerConfig: Cause = {
  code: "container-config",
  graceSeconds: 30,
  ends: "failed",
  match({ pod, plugin, namespace }) {
    const container = findWaiting(pod, ["CreateContainerConfigError"]);
    return (
      container && {
        message: `Container ${container.name} can't be set up: ${quoteMessage(container.message)}`,
        hint: `Correct the ConfigMaps, Secrets and users that plugin ${plugin} names; what is there: \`kubectl get configmaps,secrets -n ${namespace}\`.`,
      }
    );
  },
};
