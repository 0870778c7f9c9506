import pLimit from "p-limit";
import type { Cluster, ObjectRef } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { ObjectMeta } from "../../core/contract/kubernetes-object.ts";
import { labels } from "../../core/contract/names.ts";
import { isMadeByRuns, listEverything } from "./list-everything.ts";
import type { Found } from "./list-metadata.ts";
import { planDeletion, type Deletion } from "./plan-deletion.ts";
import { readKinds, type Kind } from "./read-kinds.ts";
import { waitUntilGone } from "./wait-until-gone.ts";

export type DeleteRequest = { readonly namespace: string; readonly wait: boolean; readonly signal: AbortSignal; readonly say: (line: string) => void };

const requestsAtOnce = 8;

/** Deletes what runs left in a namespace and, if a run made it and nothing else is in it, the namespace; says what it did. */
export async function deleteRun(cluster: Cluster, request: DeleteRequest): Promise<void> {
  const { namespace: name, wait, signal, say } = request;
  const namespaceRef = { apiVersion: "v1", kind: "Namespace", name };
  const [namespace, kinds] = await Promise.all([cluster.find(namespaceRef, signal), readKinds(cluster, signal)]);
  const [inside, outside] = await Promise.all([
    listEverything(cluster, { kinds: namespace === undefined ? [] : kinds.filter(({ namespaced }) => namespaced), namespace: name, signal }),
    listEverything(cluster, { kinds: kinds.filter((kind) => !kind.namespaced && isMadeByRuns(kind)), labelSelector: labels.run, signal }),
  ]);
  const unseen = [...inside.unseen, ...outside.unseen];
  const deletion = planDeletion({ namespace, inside: inside.found, outside: outside.found, isBlind: inside.unseen.length > 0, name });
  await deleteObjects(cluster, deletion, { name, signal });
  if (deletion.namespace === "delete") await cluster.delete(namespaceRef, { propagation: "Background", ...uidOf(namespace), signal });
  describeDeletion(deletion, { ...request, unseen });
  if (wait) {
    const isNamespaceGoing = deletion.namespace === "delete" || deletion.namespace === "going";
    await waitUntilGone(cluster, { objects: deletion.objects, namespace: isNamespaceGoing ? name : undefined, signal, say });
    if (deletion.objects.length > 0 || isNamespaceGoing) say("It is gone.");
  }
  if (unseen.some(isMadeByRuns))
    throw new KnownError(
      "cluster-refused",
      `You may not list ${unseen
        .filter(isMadeByRuns)
        .map(({ plural }) => plural)
        .join(", ")}, so what a run has made of them may still be there.`,
      {
        hint: "Ask for that permission, or let somebody with more rights delete the run.",
      },
    );
}

/** The aggregator first, or it would take the end of its plugins for a fault; then all the rest. */
async function deleteObjects(
  cluster: Cluster,
  { objects }: Deletion,
  { name, signal }: { readonly name: string; readonly signal: AbortSignal },
): Promise<void> {
  const limit = pLimit(requestsAtOnce);
  const isFirst = ({ kind }: Found): boolean => kind.kind === "Deployment";
  for (const group of [objects.filter(isFirst), objects.filter((found) => !isFirst(found))])
    await Promise.all(group.map((found) => limit(() => deleteObject(cluster, found, { name, signal }))));
}

async function deleteObject(
  cluster: Cluster,
  { kind, metadata }: Found,
  { name, signal }: { readonly name: string; readonly signal: AbortSignal },
): Promise<void> {
  const { apiVersion } = kind;
  const ref: ObjectRef = { apiVersion, kind: kind.kind, name: metadata.name, ...(kind.namespaced && { namespace: name }) };
  const grace = kind.kind === "Pod" ? { gracePeriodSeconds: podGraceSeconds } : {};
  await cluster.delete(ref, { propagation: "Background", ...grace, ...uidOf({ metadata }), signal });
}

const podGraceSeconds = 1;

/** So that nothing is deleted that has taken the name since. */
const uidOf = (object: { readonly metadata: ObjectMeta } | undefined): { readonly uid?: string } =>
  object?.metadata.uid === undefined ? {} : { uid: object.metadata.uid };

function describeDeletion(
  { objects, namespace, foreign }: Deletion,
  { namespace: name, say, wait, unseen }: DeleteRequest & { readonly unseen: readonly Kind[] },
): void {
  const later = wait ? "" : " It takes a moment; --wait waits for it.";
  if (namespace === "delete") return say(`The namespace ${name} is being deleted, with everything that the run made.${later}`);
  if (namespace === "going") return say(`The namespace ${name} is being deleted already.${later}`);
  if (objects.length === 0) say(`There is nothing to delete: no run has left anything in namespace ${name}.`);
  else say(`Of the run in namespace ${name}, ${objects.length === 1 ? "1 object is" : `${objects.length} objects are`} being deleted.${later}`);
  if (namespace === "shared")
    say(
      `The namespace ${name} stays, because it holds what the run did not make: ${nameSome(foreign.map(({ kind, metadata }) => `${kind.kind} ${metadata.name}`))}.`,
    );
  if (namespace === "unseen")
    say(`The namespace ${name} stays, because you may not see whether it holds what the run did not make: ${nameSome(unseen.map(({ plural }) => plural))}.`);
}

const namedAtMost = 5;

const nameSome = (names: readonly string[]): string =>
  names.slice(0, namedAtMost).join(", ") + (names.length > namedAtMost ? ` and ${names.length - namedAtMost} more` : "");
