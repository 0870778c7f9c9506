import type { Cluster } from "../../core/cluster/cluster.ts";
import { labels } from "../../core/contract/names.ts";
import { deleteObjects } from "./delete-objects.ts";
import { isMadeByRuns, listEverything } from "./list-everything.ts";
import type { Found } from "./list-metadata.ts";
import { planDeletion, type Deletion } from "./plan-deletion.ts";
import type { Kind } from "./read-kinds.ts";
import { waitUntilGone } from "./wait-until-gone.ts";

/** What is to be deleted of a namespace's runs, before anything is. */
export type RunDeletion = Deletion & {
  readonly name: string;
  /** The namespace itself, where it is there. */
  readonly space: Found | undefined;
  /** Everything that will be gone: the objects, or the namespace with all that is in it. */
  readonly gone: readonly Found[];
  /** Kinds that could not be looked at. */
  readonly unseen: readonly Kind[];
};

type Place = { readonly namespace: string; readonly kinds: readonly Kind[]; readonly signal: AbortSignal };

/** Looks at a namespace and plans what to delete of it; changes nothing. */
export async function readRunDeletion(cluster: Cluster, { namespace: name, kinds, signal }: Place): Promise<RunDeletion> {
  const namespace = await cluster.find({ apiVersion: "v1", kind: "Namespace", name }, signal);
  const [inside, outside] = await Promise.all([
    listEverything(cluster, { kinds: namespace === undefined ? [] : kinds.filter(({ namespaced }) => namespaced), namespace: name, signal }),
    listEverything(cluster, { kinds: kinds.filter((kind) => !kind.namespaced && isMadeByRuns(kind)), labelSelector: labels.run, signal }),
  ]);
  const deletion = planDeletion({ namespace, inside: inside.found, outside: outside.found, isBlind: inside.unseen.length > 0, name });
  const space = namespace && { kind: namespaceKind, metadata: namespace.metadata };
  const gone = deletion.namespace === "delete" && space ? [space, ...new Set([...inside.found, ...deletion.objects])] : deletion.objects;
  return { ...deletion, name, space, gone, unseen: [...inside.unseen, ...outside.unseen] };
}

export const namespaceKind: Kind = { apiVersion: "v1", kind: "Namespace", plural: "namespaces", namespaced: false };

/** Deletes what was planned: the aggregator first, or it would take the end of its plugins for a fault, then all the rest, the namespace last. */
export async function deleteRunObjects(cluster: Cluster, { objects, namespace, space }: RunDeletion, signal: AbortSignal): Promise<void> {
  const isFirst = ({ kind }: Found): boolean => kind.kind === "Deployment";
  await deleteObjects(cluster, objects.filter(isFirst), signal);
  await deleteObjects(
    cluster,
    objects.filter((found) => !isFirst(found)),
    signal,
  );
  if (namespace === "delete" && space) await deleteObjects(cluster, [space], signal);
}

/** Waits until all of it is gone; says so if there was anything. */
export async function waitForDeletion(
  cluster: Cluster,
  { objects, namespace, name }: RunDeletion,
  { signal, say }: { readonly signal: AbortSignal; readonly say: (line: string) => void },
): Promise<void> {
  const isGoing = namespace === "delete" || namespace === "going";
  await waitUntilGone(cluster, { objects, namespace: isGoing ? name : undefined, signal, say });
  if (objects.length > 0 || isGoing) say("It is gone.");
}
