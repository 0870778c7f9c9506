import type { Cause } from "./cause.ts";
import { findWaiting } from "./cause.ts";

/** The image is not on the node, and its pull policy forbids to fetch it; somebody may just be loading it. */
export const imageNeverPulled: Cause = {
  code: "image-never-pulled",
  graceSeconds: 5,
  ends: "failed",
  match({ pod }) {
    const container = findWaiting(pod, ["ErrImageNeverPull"]);
    return (
      container && {
        message: `Image ${container.image} of container ${container.name} is not on node ${pod?.nodeName ?? ""}, and imagePullPolicy Never forbids to pull it`,
        hint: `Load it there (\`ctr -n k8s.io images import FILE\`), or set imagePullPolicy: IfNotPresent in the plugin's file.`,
      }
    );
  },
};
