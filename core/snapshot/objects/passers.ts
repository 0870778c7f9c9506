import type { KubernetesObject } from "../../contract/kubernetes-object.ts";
import type { SnapshotKind } from "../../contract/snapshot-kind.ts";
import { parseObject } from "../../cluster/parse-object.ts";
import { isNodeReady } from "../../kubernetes/node-conditions.ts";
import type { HealthTally } from "../cluster-health.ts";
import type { NodeNote } from "../kubelets/read-kubelets.ts";
import { parseJson } from "../parse-json.ts";
import type { Item } from "./clean-item.ts";

/** Looks at nodes and pods as they pass by; all other objects are never taken apart. */
export type Passers = { readonly nodes: readonly NodeNote[]; pass(kind: SnapshotKind, item: Item): void };

/** Counts health, remembers nodes, and shows pods to `onPod`. */
export function createPassers({ health, onPod }: { readonly health: HealthTally; readonly onPod: (pod: KubernetesObject) => void }): Passers {
  const nodes: NodeNote[] = [];
  return {
    nodes,
    pass: ({ group, kind }, { text }) => {
      if (group !== "" || (kind !== "Pod" && kind !== "Node")) return;
      const object = parseObject(parseJson(text), { apiVersion: "v1", kind });
      if (!object) return;
      health.count(kind, object);
      if (kind === "Pod") onPod(object);
      else nodes.push({ name: object.metadata.name, isReady: isNodeReady(object) });
    },
  };
}
