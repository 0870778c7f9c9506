import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field } from "../../../core/kubernetes/field.ts";
import type { Api } from "../../api/registry/api.ts";
import type { Clock } from "../../clock.ts";
import { keyOf } from "../../objects/object-key.ts";
import { objectAt } from "../../objects/object-fields.ts";
import { recordEvent } from "../record-event.ts";

/** Gives a pod to a node and says so. */
export function bindPod(api: Api, clock: Clock, { pod, nodeName }: { readonly pod: KubernetesObject; readonly nodeName: string }): void {
  const { name, namespace = "" } = pod.metadata;
  const key = keyOf(api, pod);
  if (field(pod, "status", "nominatedNodeName") !== undefined) {
    const { nominatedNodeName: _, ...status } = objectAt(pod["status"]);
    api.modify(key, (old) => ({ ...old, status }), { subresource: "status" });
  }
  const binding = { apiVersion: "v1", kind: "Binding", metadata: { name, namespace }, target: { kind: "Node", name: nodeName } };
  api.create(key.type, binding, { subresource: "binding" });
  const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
  recordEvent(api, clock, { about: pod, type: "Normal", reason: "Scheduled", message, component: "default-scheduler" });
}
