import type { Cause } from "./cause.ts";
import { findWaiting } from "./cause.ts";

/** The kubelet can't make or start a container; the grace covers objects that are about to be created. */
export const containerConfig: Cause = {
  code: "container-config",
  graceSeconds: 30,
  ends: "failed",
  match({ pod }) {
    const container = findWaiting(pod, ["CreateContainerConfigError", "CreateContainerError", "RunContainerError"]);
    return (
      container && {
        message: `Container ${container.name} can't be started (${container.reason}): ${container.message}`,
        hint: "Correct the plugin's definition: its command, or the ConfigMaps, Secrets and users that it names.",
      }
    );
  },
};
