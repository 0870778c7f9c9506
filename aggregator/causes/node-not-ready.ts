import type { Cause, Sight } from "./cause.ts";
import { quoteMessage } from "./cause.ts";

/** The node doesn't answer, or says itself that it can't run pods; a restart of its kubelet or runtime is shorter than the grace. */
export const nodeNotReady: Cause = {
  code: "node-not-ready",
  graceSeconds: ({ node }) => (readyOf(node)?.status === "Unknown" ? unknownSeconds : 60),
  ends: "lost",
  match({ node, nodeGone }) {
    if (!node || node.ready || nodeGone) return undefined;
    return {
      message: `Node ${node.name} is not ready: ${quoteMessage(readyOf(node)?.message || "it has not said anything yet")}`,
      hint: `See \`kubectl describe node ${node.name}\`; its result is taken if it comes back before the run ends.`,
    };
  },
};

/** The control plane says "Unknown" only after its own forty to fifty seconds of silence, and a run is to end ninety after a node's death, the aggregator's included. */
const unknownSeconds = 20;

const readyOf = (node: Sight["node"]) => node?.conditions.find(({ type }) => type === "Ready");
