import type { Cluster } from "../../core/cluster/cluster.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";

/** The cluster's nodes as they come and go. */
export type NodeWatch = {
  /** Resolves when the first list is complete; rejects when nodes can't be read. */
  readonly ready: Promise<void>;
  /** Whether the first list is complete, so that a missing node is a gone one. */
  isSynced(): boolean;
  all(): Iterable<KubernetesObject>;
  find(name: string): KubernetesObject | undefined;
  /** Calls the listener after every change, with the node's name, until the returned function is called. */
  onChange(listener: (name: string) => void): () => void;
};

/** Watches all nodes until the signal aborts, keeping of each only what decides where plugins run. */
export function watchNodes(cluster: Cluster, signal: AbortSignal): NodeWatch {
  const nodes = new Map<string, KubernetesObject>();
  let synced = false;
  const listeners = new Set<(name: string) => void>();
  const ready = new Promise<void>((resolve, reject) => {
    const follow = async (): Promise<void> => {
      for await (const event of cluster.watch({ apiVersion: "v1", kind: "Node", reduce: withoutBulk, signal })) {
        if (event.type === "synced") {
          synced = true;
          resolve();
          continue;
        }
        const { name } = event.object.metadata;
        if (event.type === "gone") nodes.delete(name);
        else nodes.set(name, event.object);
        for (const listener of listeners) listener(name);
      }
    };
    follow().catch(reject);
  });
  ready.catch(() => undefined);
  return {
    ready,
    isSynced: () => synced,
    all: () => nodes.values(),
    find: (name) => nodes.get(name),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Image lists and annotations are most of a node's bytes and of no use here. */
const withoutBulk = ({ metadata, spec, status }: KubernetesObject): KubernetesObject => ({
  metadata: {
    name: metadata.name,
    ...(metadata.uid !== undefined && { uid: metadata.uid }),
    ...(metadata.resourceVersion !== undefined && { resourceVersion: metadata.resourceVersion }),
    ...(metadata.labels && { labels: metadata.labels }),
  },
  ...(spec !== undefined && { spec }),
  ...(typeof status === "object" && status !== null && "conditions" in status && { status: { conditions: status.conditions ?? [] } }),
});
