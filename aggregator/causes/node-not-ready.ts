import type { Cause } from "./cause.ts";
import { quoteMessage } from "./cause.ts";

/** The node doesn't answer; a restart of its kubelet is shorter than the grace. */
export const nodeNotReady: Cause = {
  code: "node-not-ready",
  graceSeconds: 60,
  ends: "lost",
  match({ node, nodeGone }) {
    if (!node || node.ready || nodeGone) return undefined;
    const condition = node.conditions.find(({ type }) => type === "Ready");
    return {
      message: `Node ${node.name} is not ready: ${quoteMessage(condition?.message || "it has not said anything yet")}`,
      hint: `See \`kubectl describe node ${node.name}\`; its result is taken if it comes back before the run ends.`,
    };
  },
};
