import type { Cluster, ListQuery } from "../cluster/cluster.ts";
import { isKnownError } from "../contract/known-error.ts";
import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import type { Privacy } from "../contract/privacy-levels.ts";
import { field, text } from "../kubernetes/field.ts";

/**
 * The names that are to become tokens wherever they stand: of nodes, also of those that events still tell of, and with high privacy of namespaces as namespace/NAME; in the order of their letters. Kinds
 * that may not be listed give none: their names are then found where fields and lines say what they are.
 */
export async function readKnownNames(cluster: Cluster, privacy: Privacy, signal: AbortSignal): Promise<readonly string[]> {
  if (privacy === "off") return [];
  const read = (query: ListQuery, namesOf: (object: KubernetesObject) => readonly string[]) => readNames(cluster.list({ ...query, signal }), namesOf, signal);
  const [nodes, gone, namespaces] = await Promise.all([
    read({ apiVersion: "v1", kind: "Node" }, ({ metadata }) => [metadata.name, metadata.labels?.["kubernetes.io/hostname"] ?? ""]),
    // Nodes that were there an hour ago still stand in events and logs.
    read({ apiVersion: "v1", kind: "Event", fieldSelector: "involvedObject.kind=Node" }, (event) => [text(field(event, "involvedObject", "name"))]),
    privacy === "high" ? read({ apiVersion: "v1", kind: "Namespace" }, ({ metadata }) => [`namespace/${metadata.name}`]) : [],
  ]);
  return [...new Set([...nodes, ...gone, ...namespaces])].filter(Boolean).toSorted();
}

async function readNames(
  pages: AsyncIterable<readonly KubernetesObject[]>,
  namesOf: (object: KubernetesObject) => readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const page of pages) names.push(...page.flatMap(namesOf));
  } catch (error) {
    signal.throwIfAborted();
    if (!isKnownError(error) || error.code !== "cluster-refused") throw error;
  }
  return names;
}
