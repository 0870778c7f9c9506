import type { Cluster, WatchQuery } from "../../core/cluster/cluster.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { clusterFailure } from "../../core/cluster/failure.ts";
import type { Found } from "./list-metadata.ts";

export type GoneRequest = {
  readonly objects: readonly Found[];
  /** A namespace that is going, with all that is in it. */
  readonly namespace: string | undefined;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/** Watches until the objects and the namespace are gone; says what a namespace still waits for, where it says so itself. */
export async function waitUntilGone(cluster: Cluster, { objects, namespace, signal, say }: GoneRequest): Promise<void> {
  const loose = objects.filter(({ kind }) => namespace === undefined || !kind.namespaced);
  const queries = new Map<string, WatchQuery>();
  for (const { kind, metadata } of loose)
    queries.set(`${kind.apiVersion} ${kind.kind}`, {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      ...(kind.namespaced && metadata.namespace !== undefined && { namespace: metadata.namespace }),
    });
  const uids = new Set(loose.map(({ metadata }) => metadata.uid));
  if (namespace !== undefined) {
    const obstacles = createObstacles(say);
    await watchUntilGone(cluster, {
      query: { apiVersion: "v1", kind: "Namespace", fieldSelector: `metadata.name=${namespace}`, signal },
      isMeant: (object) => (obstacles(object), true),
    });
  }
  for (const query of queries.values()) await watchUntilGone(cluster, { query: { ...query, signal }, isMeant: ({ metadata }) => uids.has(metadata.uid) });
}

type Meant = { readonly query: WatchQuery; readonly isMeant: (object: KubernetesObject) => boolean };

async function watchUntilGone(cluster: Cluster, { query, isMeant }: Meant): Promise<void> {
  const there = new Set<string>();
  let synced = false;
  try {
    for await (const event of cluster.watch(query)) {
      if (event.type === "synced") synced = true;
      else if (event.type === "gone") there.delete(event.object.metadata.uid ?? "");
      else if (isMeant(event.object)) there.add(event.object.metadata.uid ?? "");
      if (synced && there.size === 0) return;
    }
  } catch (error) {
    // Who may not watch a kind may have been allowed to delete it; a kind may be gone with its definition.
    const status = clusterFailure(error)?.status;
    if (status !== 403 && status !== 404) throw error;
  }
}

/** Says once each what keeps a namespace from going. */
function createObstacles(say: (line: string) => void): (namespace: KubernetesObject) => void {
  const said = new Set<string>();
  return (namespace) => {
    const conditions = isJsonObject(namespace["status"]) ? namespace["status"]["conditions"] : undefined;
    for (const condition of Array.isArray(conditions) ? conditions.filter(isJsonObject) : []) {
      const { type, status, message } = condition;
      if (status !== "True" || typeof message !== "string" || !obstacles.includes(String(type)) || said.has(message)) continue;
      said.add(message);
      say(`The namespace is not gone yet: ${message}`);
    }
  };
}

const obstacles = [
  "NamespaceDeletionDiscoveryFailure",
  "NamespaceDeletionGroupVersionParsingFailure",
  "NamespaceDeletionContentFailure",
  "NamespaceFinalizersRemaining",
];
