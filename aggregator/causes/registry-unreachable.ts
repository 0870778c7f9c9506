import type { Cause } from "./cause.ts";
import { quoteMessage } from "./cause.ts";
import { findPullFailure } from "./find-pull-failure.ts";

/** The node can't talk with the registry: no route, no name, no answer, no trust in its certificate; networks mend themselves. */
export const registryUnreachable: Cause = {
  code: "registry-unreachable",
  graceSeconds: 60,
  ends: "failed",
  match(sight) {
    const trouble = findPullFailure(sight);
    return trouble?.failure === "network"
      ? {
          message: `The node can't reach the registry of image ${trouble.container.image}, container ${trouble.container.name}: ${quoteMessage(trouble.message)}`,
          hint: `Check name, network and certificate from that node, e.g. \`kubectl debug node/${sight.pod?.nodeName ?? "NODE"} -it --image=IMAGE\`, or name an image that the nodes can get: --plugin-image ${sight.plugin}:IMAGE.`,
        }
      : undefined;
  },
};
