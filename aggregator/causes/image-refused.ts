import type { Cause } from "./cause.ts";
import { quoteMessage } from "./cause.ts";
import { findPullFailure } from "./find-pull-failure.ts";

/** The registry does not give the image to this node; a pull secret may be on its way. */
export const imageRefused: Cause = {
  code: "image-refused",
  graceSeconds: 20,
  ends: "failed",
  match(sight) {
    const trouble = findPullFailure(sight);
    return trouble?.failure === "refused"
      ? {
          message: `The registry refuses image ${trouble.container.image} of container ${trouble.container.name}: ${quoteMessage(trouble.message)}`,
          hint: `Give the plugin's podSpec imagePullSecrets (\`kubectl create secret docker-registry NAME -n ${sight.namespace} --docker-server=…\`), or another image: --plugin-image ${sight.plugin}:IMAGE.`,
        }
      : undefined;
  },
};
