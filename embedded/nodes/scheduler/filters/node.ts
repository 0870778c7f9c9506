import { field, list } from "../../../../core/kubernetes/field.ts";
import { isNodeSelected } from "../../../../core/kubernetes/node-selection.ts";
import { firstUntoleratedTaint } from "../../../../core/kubernetes/taints.ts";
import type { Filter } from "../filter.ts";
import { finalMisfit } from "../filter.ts";

/** A cordoned node takes no pods but those that tolerate the taint of that name. */
export const filterUnschedulable: Filter = (pod, { node }) => {
  const cordon = { metadata: {}, spec: { taints: [{ key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }] } };
  if (field(node, "spec", "unschedulable") !== true || firstUntoleratedTaint(cordon, list(field(pod, "spec", "tolerations"))) === undefined) return undefined;
  return finalMisfit("node(s) were unschedulable");
};

/** The node's taints against the pod's tolerations. */
export const filterTaints: Filter = (pod, { node }) =>
  firstUntoleratedTaint(node, list(field(pod, "spec", "tolerations"))) === undefined ? undefined : finalMisfit("node(s) had untolerated taint(s)");

/** nodeSelector and required node affinity. */
export const filterAffinity: Filter = (pod, { node }) =>
  isNodeSelected(node, field(pod, "spec")) ? undefined : finalMisfit("node(s) didn't match Pod's node affinity/selector");
