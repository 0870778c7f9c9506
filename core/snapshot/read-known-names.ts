import type { Cluster } from "../cluster/cluster.ts";
import { isKnownError } from "../contract/known-error.ts";
import type { Privacy } from "../contract/privacy-levels.ts";

/**
 * The names that are to become tokens wherever they stand: of nodes, and with high privacy of namespaces as namespace/NAME; in the order of their letters. Kinds
 * that may not be listed give none: their names are then found where fields and lines say what they are.
 */
export async function readKnownNames(cluster: Cluster, privacy: Privacy, signal: AbortSignal): Promise<readonly string[]> {
  if (privacy === "off") return [];
  const nodes = await readNames(cluster, "Node", signal);
  const namespaces = privacy === "high" ? await readNames(cluster, "Namespace", signal) : [];
  return [...new Set([...nodes, ...namespaces.map((name) => `namespace/${name}`)])].toSorted();
}

async function readNames(cluster: Cluster, kind: "Node" | "Namespace", signal: AbortSignal): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const page of cluster.list({ apiVersion: "v1", kind, signal }))
      for (const { metadata } of page) {
        const machine = kind === "Node" ? metadata.labels?.["kubernetes.io/hostname"] : undefined;
        names.push(metadata.name, ...(machine === undefined ? [] : [machine]));
      }
  } catch (error) {
    signal.throwIfAborted();
    if (!isKnownError(error) || error.code !== "cluster-refused") throw error;
  }
  return names;
}
