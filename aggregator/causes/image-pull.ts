import type { Cause } from "./cause.ts";
import { quoteMessage } from "./cause.ts";
import { findPullFailure } from "./find-pull-failure.ts";

/** The image does not come, and the runtime's words don't say why; the grace covers a hiccup. */
export const imagePull: Cause = {
  code: "image-pull",
  graceSeconds: 60,
  ends: "failed",
  match(sight) {
    const trouble = findPullFailure(sight);
    return trouble?.failure === "unknown"
      ? {
          message: `Image ${trouble.container.image} of container ${trouble.container.name} can't be pulled: ${quoteMessage(trouble.message)}`,
          hint: `Try it on the node (\`crictl pull ${trouble.container.image}\`), or name another: --plugin-image ${sight.plugin}:IMAGE.`,
        }
      : undefined;
  },
};
