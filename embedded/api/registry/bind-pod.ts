import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import { conflict, failure } from "../status-error.ts";
import type { ObjectKey } from "../store/store.ts";
import type { RegistryContext } from "./registry-context.ts";
import { objectAt } from "../../objects/object-fields.ts";
import { isDeleting } from "../../objects/pod-state.ts";
import { withCondition } from "../../objects/conditions.ts";

/** The pod on the node that a Binding names. Throws StatusError where it is on one already or can't be bound. Source: pkg/registry/core/pod/storage/storage.go. */
export function bindPod(
  { clock }: RegistryContext,
  { type, name }: ObjectKey,
  { pod, binding }: { readonly pod: KubernetesObject; readonly binding: KubernetesObject },
): KubernetesObject {
  const kind = text(field(binding, "target", "kind"));
  const nodeName = text(field(binding, "target", "name"));
  if (kind !== "" && kind !== "Node") throw failure(`target.kind: Unsupported value: ${JSON.stringify(kind)}: supported values: "Node", "<empty>"`);
  if (nodeName === "") throw failure("target.name: Required value");
  const bindings = { ...type, plural: `${type.plural}/binding` };
  const spec = objectAt(pod["spec"]);
  if (isDeleting(pod)) throw conflict(bindings, name, `pod ${name} is being deleted, cannot be assigned to a host`);
  if (text(spec["nodeName"]) !== "") throw conflict(bindings, name, `pod ${name} is already assigned to node ${JSON.stringify(spec["nodeName"])}`);
  if (list(spec["schedulingGates"]).length > 0) throw conflict(bindings, name, `pod ${name} has non-empty .spec.schedulingGates`);
  const status = objectAt(pod["status"]);
  const scheduled = { type: "PodScheduled", status: "True", lastProbeTime: null } as const;
  return {
    ...pod,
    metadata: { ...pod.metadata, annotations: { ...pod.metadata.annotations, ...binding.metadata.annotations } },
    spec: { ...spec, nodeName },
    status: { ...status, conditions: withCondition(pod, scheduled, clock.now()) },
  };
}
