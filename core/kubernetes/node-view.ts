import { field, list, text } from "./field.ts";
import { isNodeReady } from "./node-conditions.ts";
import type { Taint } from "./taints.ts";
import { parseTaint } from "./taints.ts";

/** What of a node says whether pods live on it. */
export type NodeView = {
  readonly name: string;
  readonly ready: boolean;
  readonly cordoned: boolean;
  readonly taints: readonly Taint[];
  readonly conditions: readonly { readonly type: string; readonly status: string; readonly reason: string; readonly message: string }[];
};

/** A node's raw JSON as a NodeView; missing parts are empty. */
export const parseNodeView = (node: unknown): NodeView => ({
  name: text(field(node, "metadata", "name")),
  ready: isNodeReady(node),
  cordoned: field(node, "spec", "unschedulable") === true,
  taints: list(field(node, "spec", "taints")).map(parseTaint),
  conditions: list(field(node, "status", "conditions")).map((condition) => ({
    type: text(field(condition, "type")),
    status: text(field(condition, "status")),
    reason: text(field(condition, "reason")),
    message: text(field(condition, "message")),
  })),
});

/** Whether a condition says that something is wrong: Ready should be True, all others are troubles that should not be. */
export const isTroubleOfNode = ({ type, status }: NodeView["conditions"][number]): boolean => (type === "Ready" ? status !== "True" : status !== "False");
