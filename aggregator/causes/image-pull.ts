import type { Cause } from "./cause.ts";
import { findWaiting } from "./cause.ts";

/** The kubelet can't get an image; the grace covers a registry's hiccup. */
export const imagePull: Cause = {
  code: "image-pull",
  graceSeconds: 60,
  ends: "failed",
  match({ pod }) {
    const container = findWaiting(pod, ["ErrImagePull", "ImagePullBackOff", "RegistryUnavailable"]);
    return (
      container && {
        message: `Container ${container.name} can't pull ${container.image}: ${container.message || container.reason}`,
        hint: "Check the image's name, the registry and its pull secret; --plugin-image PLUGIN:IMAGE names another.",
      }
    );
  },
};
