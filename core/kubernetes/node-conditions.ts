import { field, list, text } from "./field.ts";

/** Whether a node's condition Ready is True; a node without one is not ready. */
export const isNodeReady = (node: unknown): boolean =>
  list(field(node, "status", "conditions")).some((condition) => field(condition, "type") === "Ready" && field(condition, "status") === "True");

/** Whether a node runs Linux by its label or what its kubelet reports; one that says neither counts as Linux. */
export function isLinuxNode(node: unknown): boolean {
  const system = text(field(node, "metadata", "labels", "kubernetes.io/os")) || text(field(node, "status", "nodeInfo", "operatingSystem"));
  return system === "" || system === "linux";
}
