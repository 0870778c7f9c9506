import type { Cause } from "./cause.ts";
import { findWaiting, quoteMessage } from "./cause.ts";

/** What stands where an image's name should be is none; it can never come. */
export const invalidImageName: Cause = {
  code: "invalid-image-name",
  graceSeconds: 5,
  ends: "failed",
  match({ pod, plugin }) {
    const container = findWaiting(pod, ["InvalidImageName"]);
    return (
      container && {
        message: `${container.image || "The image"} of container ${container.name} is no image name: ${quoteMessage(container.message)}`,
        hint: `Correct it in the plugin's file, or run with --plugin-image ${plugin}:IMAGE.`,
      }
    );
  },
};
