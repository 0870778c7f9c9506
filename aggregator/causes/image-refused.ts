import type { Cause } from "./cause.ts";
import { findWaiting } from "./cause.ts";

/** The image can never come: its name is malformed, or the pull policy forbids to fetch it. */
export const imageRefused: Cause = {
  code: "image-refused",
  graceSeconds: 5,
  ends: "failed",
  match({ pod }) {
    const container = findWaiting(pod, ["InvalidImageName", "ErrImageNeverPull", "ImageInspectError"]);
    return (
      container && {
        message: `Container ${container.name} can't use image ${container.image}: ${container.message || container.reason}`,
        hint: "Correct the image's name or its imagePullPolicy.",
      }
    );
  },
};
