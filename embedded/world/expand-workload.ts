import type { JsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../core/kubernetes/field.ts";
import { isNodeSelected } from "../../core/kubernetes/node-selection.ts";
import { firstUntoleratedTaint } from "../../core/kubernetes/taints.ts";
import { numberAt, objectAt, stringsAt } from "../objects/object-fields.ts";
import { hashedSuffix } from "../objects/name-suffix.ts";

/** What a shown workload's controllers would have made of it: a ReplicaSet and pods, as a world file would name them; nothing for other objects. */
export function expandWorkload(object: KubernetesObject, nodes: readonly KubernetesObject[]): readonly KubernetesObject[] {
  if (object["status"] === undefined) return [];
  const template = objectAt(field(object, "spec", "template"));
  const fitting = nodes.filter((node) => isNodeSelected(node, template["spec"]) && !firstUntoleratedTaint(node, list(field(template, "spec", "tolerations"))));
  const replicas = numberAt(field(object, "spec", "replicas"), 1);
  const { name } = object.metadata;
  const spread = (prefix: string): readonly NamedPod[] =>
    Array.from({ length: replicas }, (_, index) => ({ name: `${prefix}-${hashedSuffix(`${prefix}/${index}`, 5)}`, node: fitting[index % fitting.length] }));
  switch (object.kind) {
    case "Deployment": {
      const set = buildReplicaSet(object, template);
      const owned = { owner: set, template: objectAt(field(set, "spec", "template")) };
      return [set, ...spread(set.metadata.name).map((pod) => buildPod(pod, owned))];
    }
    case "DaemonSet":
      return fitting.map((node) => buildPod({ name: `${name}-${hashedSuffix(`${name}/${node.metadata.name}`, 5)}`, node }, { owner: object, template }));
    case "StatefulSet":
      return Array.from({ length: replicas }, (_, index) =>
        buildPod({ name: `${name}-${index}`, node: fitting[index % fitting.length] }, { owner: object, template }),
      );
    case "Job":
      return [buildPod({ name: `${name}-${hashedSuffix(name, 5)}`, node: fitting[0] }, { owner: object, template })];
    default:
      return [];
  }
}

type NamedPod = { readonly name: string; readonly node: KubernetesObject | undefined };

function buildReplicaSet(deployment: KubernetesObject, template: JsonObject): KubernetesObject {
  const hash = hashedSuffix(JSON.stringify(template), 9);
  const labels = { ...stringsAt(field(template, "metadata", "labels")), "pod-template-hash": hash };
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: buildMetadata(`${deployment.metadata.name}-${hash}`, deployment, { labels, annotations: { "deployment.kubernetes.io/revision": "1" } }),
    spec: {
      replicas: numberAt(field(deployment, "spec", "replicas"), 1),
      selector: { matchLabels: labels },
      template: { ...template, metadata: { ...objectAt(template["metadata"]), labels } },
    },
    status: deployment["status"],
  };
}

function buildPod({ name, node }: NamedPod, { owner, template }: { readonly owner: KubernetesObject; readonly template: JsonObject }): KubernetesObject {
  const { labels, annotations } = objectAt(template["metadata"]);
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: buildMetadata(name, owner, { labels: stringsAt(labels), annotations: stringsAt(annotations) }),
    spec: { ...objectAt(template["spec"]), ...(node !== undefined && { nodeName: node.metadata.name }) },
    status: { phase: "Running" },
  };
}

/** Uid of the owner is not known yet: whoever stores the objects one after the other fills it in. */
const buildMetadata = (
  name: string,
  { kind = "", apiVersion = "", metadata }: KubernetesObject,
  more: { readonly labels: { readonly [key: string]: string }; readonly annotations: { readonly [key: string]: string } },
): KubernetesObject["metadata"] => ({
  name,
  ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
  ...more,
  ownerReferences: [{ apiVersion, kind, name: metadata.name, uid: "", controller: true }],
  creationTimestamp: text(metadata.creationTimestamp),
});
