import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../core/kubernetes/field.ts";
import type { NodeSpec } from "../nodes/kubelet/kubelet-context.ts";
import { stringsAt } from "../objects/object-fields.ts";

/** A world's Node as the kubelet that will be it. */
export const parseNodeSpec = (node: KubernetesObject, { address, podCidr }: { readonly address: string; readonly podCidr: string }): NodeSpec => ({
  name: node.metadata.name,
  labels: node.metadata.labels ?? {},
  annotations: node.metadata.annotations ?? {},
  taints: list(field(node, "spec", "taints")).map((taint) => ({
    key: text(field(taint, "key")),
    effect: text(field(taint, "effect")),
    ...(text(field(taint, "value")) === "" ? {} : { value: text(field(taint, "value")) }),
  })),
  capacity: stringsAt(field(node, "status", "capacity")),
  address,
  podCIDR: podCidr,
});
