import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text as readText } from "node:stream/consumers";
import pLimit from "p-limit";
import type { Cluster } from "../cluster/cluster.ts";
import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { tarballPaths } from "../contract/tarball-layout.ts";
import type { ClusterHealth } from "./cluster-health.ts";
import { createHealthTally } from "./cluster-health.ts";

/** How one question to the API server went; times in milliseconds, as in meta/query-time.json. */
export type Query = { readonly queryobj: string; readonly namespace: string; readonly time: number; readonly error: string | null };
export type Snapshot = { readonly queries: readonly Query[]; readonly health: ClusterHealth };

/** What a snapshot holds until redaction can be trusted with more; Sonobuoy's file names. */
const kinds = [
  { apiVersion: "v1", kind: "Node", file: "core_v1_nodes", namespaced: false },
  { apiVersion: "v1", kind: "Pod", file: "core_v1_pods", namespaced: true },
  { apiVersion: "v1", kind: "Event", file: "core_v1_events", namespaced: true },
] as const;

const requestsAtOnce = 4;

/** Writes the cluster's objects and the server's facts below `folder` under their tarball paths; what can't be read is a query with an error, never a throw. */
export async function readSnapshot(
  cluster: Cluster,
  input: { readonly folder: string; readonly serverVersion: string; readonly signal: AbortSignal },
): Promise<Snapshot> {
  const limit = pLimit(requestsAtOnce);
  const tally = createHealthTally(input.serverVersion);
  const queries = await Promise.all([
    ...kinds.map((kind) => limit(() => timed(kind.file, () => readKind(cluster, { kind, ...input, onObject: (object) => tally.count(kind.kind, object) })))),
    limit(() => timed("serverversion", () => readPath(cluster, { path: "/version", file: tarballPaths.serverVersion, ...input }))),
    limit(() => timed("servergroups", () => readPath(cluster, { path: "/apis", file: tarballPaths.serverGroups, ...input }))),
  ]);
  return { queries, health: tally.read() };
}

async function timed(queryobj: string, read: () => Promise<void>): Promise<Query> {
  const start = performance.now();
  let error: string | null = null;
  await read().catch((reason: unknown) => (error = reason instanceof Error ? reason.message : String(reason)));
  return { queryobj, namespace: "", time: Math.round(performance.now() - start), error };
}

type KindInput = {
  readonly kind: (typeof kinds)[number];
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onObject: (object: KubernetesObject) => void;
};

/** One paged LIST across all namespaces, split into one List file each while it streams. */
async function readKind(cluster: Cluster, { kind, folder, signal, onObject }: KindInput): Promise<void> {
  const begun = new Set<string>();
  try {
    for await (const page of cluster.list({ apiVersion: kind.apiVersion, kind: kind.kind, signal })) {
      const texts = new Map<string, string[]>();
      for (const object of page) {
        onObject(object);
        const path = join(
          folder,
          kind.namespaced ? tarballPaths.namespaceResource(object.metadata.namespace ?? "", kind.file) : tarballPaths.clusterResource(kind.file),
        );
        const group = texts.get(path) ?? [];
        texts.set(path, group);
        group.push(JSON.stringify(withoutNoise(object)));
      }
      for (const [path, objects] of texts) {
        const isFirst = !begun.has(path);
        if (isFirst) await mkdir(dirname(path), { recursive: true });
        begun.add(path);
        await appendFile(path, `${isFirst ? `{"apiVersion":"v1","kind":"List","items":[` : ","}${objects.join(",")}`);
      }
    }
  } finally {
    // A list that broke off in the middle stays a valid file of what had come.
    for (const path of begun) await appendFile(path, "]}");
  }
}

/** Without the two fields that repeat the object to its past authors; both are large, and the second holds old secrets. */
function withoutNoise(object: KubernetesObject): KubernetesObject {
  const { managedFields: _managedFields, annotations, ...metadata } = object.metadata;
  const { "kubectl.kubernetes.io/last-applied-configuration": _lastApplied, ...kept } = annotations ?? {};
  return { ...object, metadata: { ...metadata, ...(annotations && { annotations: kept }) } };
}

async function readPath(
  cluster: Cluster,
  { path, file, folder, signal }: { readonly path: string; readonly file: string; readonly folder: string; readonly signal: AbortSignal },
): Promise<void> {
  const answer = await cluster.fetch({ path, signal });
  const body = await readText(answer.body);
  if (answer.status !== 200) throw new Error(`The server answered ${answer.status}.`);
  await writeFile(join(folder, file), body);
}
