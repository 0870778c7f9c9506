import type { PodView } from "../../core/kubernetes/pod-view.ts";
import type { Cause } from "./cause.ts";
import { containersOf, lastLine, quoteMessage } from "./cause.ts";
import { findPullFailure } from "./find-pull-failure.ts";

/** The image, or the program in it, is made for another kind of machine than the node is. */
export const wrongPlatform: Cause = {
  code: "wrong-platform",
  graceSeconds: 5,
  ends: "failed",
  cutsShort: true,
  match(sight) {
    const { pod, plugin } = sight;
    const trouble = findPullFailure(sight);
    const [container, words] = trouble?.failure === "platform" ? [trouble.container, trouble.message] : (findForeign(pod) ?? []);
    return (
      container && {
        message: `Image ${container.image} of container ${container.name} is not made for node ${pod?.nodeName ?? ""}: ${quoteMessage(words ?? "")}`,
        hint: `Name an image for its architecture with --plugin-image ${plugin}:IMAGE, or keep to fitting nodes: --node-selector kubernetes.io/arch=amd64.`,
      }
    );
  },
};

/** The kernel's own words, which the runtime writes as the last that the container says. */
function findForeign(pod: PodView | undefined): readonly [ReturnType<typeof containersOf>[number], string] | undefined {
  const found = containersOf(pod).find(
    ({ state, exitCode, message }) => state === "terminated" && exitCode !== 0 && lastLine(message).endsWith("exec format error"),
  );
  return found && [found, lastLine(found.message)];
}
