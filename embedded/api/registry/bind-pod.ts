import { isJsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import { renderTime } from "../../nodes/render-time.ts";
import { conflict, StatusError } from "../status-error.ts";
import type { ObjectKey } from "../store/store.ts";
import type { RegistryContext } from "./registry-context.ts";
import { partOf } from "./strategies/strategy.ts";

/** The pod on the node that a Binding names. Throws StatusError where it is on one already or can't be bound. Source: pkg/registry/core/pod/storage/storage.go. */
export function bindPod(
  { clock }: RegistryContext,
  { type, name }: ObjectKey,
  { pod, binding }: { readonly pod: KubernetesObject; readonly binding: KubernetesObject },
): KubernetesObject {
  const kind = text(field(binding, "target", "kind"));
  const nodeName = text(field(binding, "target", "name"));
  if (kind !== "" && kind !== "Node") throw plain(`target.kind: Unsupported value: ${JSON.stringify(kind)}: supported values: "Node", "<empty>"`);
  if (nodeName === "") throw plain("target.name: Required value");
  const bindings = { ...type, plural: `${type.plural}/binding` };
  const spec = partOf(pod, "spec");
  if (pod.metadata.deletionTimestamp !== undefined) throw conflict(bindings, name, `pod ${name} is being deleted, cannot be assigned to a host`);
  if (text(spec["nodeName"]) !== "") throw conflict(bindings, name, `pod ${name} is already assigned to node ${JSON.stringify(spec["nodeName"])}`);
  if (list(spec["schedulingGates"]).length > 0) throw conflict(bindings, name, `pod ${name} has non-empty .spec.schedulingGates`);
  const status = partOf(pod, "status");
  const others = list(status["conditions"])
    .filter(isJsonObject)
    .filter((condition) => condition["type"] !== "PodScheduled");
  const scheduled = { type: "PodScheduled", status: "True", lastProbeTime: null, lastTransitionTime: renderTime(clock.now()) };
  return {
    ...pod,
    metadata: { ...pod.metadata, annotations: { ...pod.metadata.annotations, ...binding.metadata.annotations } },
    spec: { ...spec, nodeName },
    status: { ...status, conditions: [...others, scheduled] },
  };
}

const plain = (message: string): StatusError => new StatusError({ code: 500, reason: "", message });
