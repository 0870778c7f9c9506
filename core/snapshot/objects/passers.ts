import type { Json } from "../../contract/json.ts";
import type { KubernetesObject } from "../../contract/kubernetes-object.ts";
import type { SnapshotKind } from "../../contract/snapshot-kind.ts";
import { parseObject } from "../../cluster/parse-object.ts";
import { isNodeReady } from "../../kubernetes/node-conditions.ts";
import type { HealthTally } from "../cluster-health.ts";
import { readKubeletAddress } from "../kubelets/kubelet-address.ts";
import type { NodeNote } from "../kubelets/read-kubelets.ts";
import { parseJson } from "../parse-json.ts";
import type { Item } from "./clean-item.ts";

/** Looks at nodes and pods as they pass by; all other objects are never taken apart. */
export type Passers = {
  readonly nodes: readonly NodeNote[];
  /** `parsed` spares taking the object apart once more. */
  pass(kind: SnapshotKind, item: Item, parsed?: Json): void;
};

/** Counts health, remembers nodes, and shows pods to `onPod`, perhaps without most of their spec. */
export function createPassers({ health, onPod }: { readonly health: HealthTally; readonly onPod: (pod: KubernetesObject) => void }): Passers {
  const nodes: NodeNote[] = [];
  return {
    nodes,
    pass: ({ group, kind }, item, parsed) => {
      if (group !== "" || (kind !== "Pod" && kind !== "Node")) return;
      const object = parseObject(parsed ?? parseParts(item), { apiVersion: "v1", kind });
      if (!object) return;
      health.count(kind, object);
      if (kind === "Pod") onPod(object);
      else nodes.push({ name: object.metadata.name, isReady: isNodeReady(object), kubelet: readKubeletAddress(object) });
    },
  };
}

/** Specs are the most of a pod, and of them only the node's name is looked at. */
function parseParts({ find }: Item): object {
  const parse = (text: Buffer | undefined): unknown => text && parseJson(text);
  return { metadata: parse(find("metadata")), spec: { nodeName: parse(find("spec", "nodeName")) }, status: parse(find("status")) };
}
