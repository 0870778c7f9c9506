import type { Cause } from "./cause.ts";
import { findDisruption, untilOver } from "./cause.ts";

/** Somebody evicted the pod through the API, as `kubectl drain` does with all pods of a node. */
export const nodeDrained: Cause = {
  code: "node-drained",
  graceSeconds: untilOver,
  ends: "lost",
  cutsShort: true,
  match({ pod, node }) {
    if (findDisruption(pod)?.reason !== "EvictionByEvictionAPI") return undefined;
    const name = pod?.nodeName ?? "";
    return {
      message:
        node?.cordoned === true
          ? `Node ${name} is being drained, and the pod was evicted from it`
          : `Somebody evicted the pod from node ${name} through the API`,
      hint: `Run the plugin again when the node is back: \`kubectl uncordon ${name || "NODE"}\`.`,
    };
  },
};
