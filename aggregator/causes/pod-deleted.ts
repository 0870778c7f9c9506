import type { Cause } from "./cause.ts";
import { untilOver } from "./cause.ts";

/** The pod is being deleted or gone and its node is still there: someone or something deleted it. */
export const podDeleted: Cause = {
  code: "pod-deleted",
  graceSeconds: untilOver,
  ends: "lost",
  cutsShort: true,
  match: ({ pod, podGone, nodeGone, namespace, plugin }) =>
    (podGone || pod?.deleting === true) && !nodeGone
      ? {
          message: "The plugin's pod was deleted before its result had come",
          hint: `Kubernetes' audit log says who did it, perhaps \`kubectl get events -n ${namespace}\` too; run plugin ${plugin} again.`,
        }
      : undefined,
};
