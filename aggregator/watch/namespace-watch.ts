import type { Cluster } from "../../core/cluster/cluster.ts";

/** Waits until the namespace is being deleted, and says so once; rejects when it can't be watched, and once the signal aborts. */
export async function watchNamespace(
  cluster: Cluster,
  { namespace, signal, onGoing }: { readonly namespace: string; readonly signal: AbortSignal; readonly onGoing: () => void },
): Promise<void> {
  const fieldSelector = `metadata.name=${namespace}`;
  for await (const event of cluster.watch({ apiVersion: "v1", kind: "Namespace", fieldSelector, reduce: ({ metadata }) => ({ metadata }), signal }))
    if (event.type === "gone" || (event.type === "set" && event.object.metadata.deletionTimestamp !== undefined)) return onGoing();
}
