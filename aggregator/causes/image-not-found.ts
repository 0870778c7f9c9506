import type { Cause } from "./cause.ts";
import { quoteMessage } from "./cause.ts";
import { findPullFailure } from "./find-pull-failure.ts";

/** The registry answers, and has no such image; the grace covers one that is just being pushed. */
export const imageNotFound: Cause = {
  code: "image-not-found",
  graceSeconds: 20,
  ends: "failed",
  match(sight) {
    const trouble = findPullFailure(sight);
    return trouble?.failure === "not-found"
      ? {
          message: `There is no image ${trouble.container.image} for container ${trouble.container.name}: ${quoteMessage(trouble.message)}`,
          hint: `Correct the name or the tag: --plugin-image ${sight.plugin}:IMAGE names another.`,
        }
      : undefined;
  },
};
