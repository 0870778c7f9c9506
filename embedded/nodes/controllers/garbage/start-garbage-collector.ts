import type { KubernetesObject, OwnerReference } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import type { ObjectKey } from "../../../api/store/store.ts";
import { isDeleting } from "../../../objects/pod-state.ts";
import { createWorkQueue } from "../../work-queue.ts";
import type { WorkQueue } from "../../work-queue.ts";
import type { Cluster } from "../controller.ts";
import type { OwnerIndex } from "./owner-index.ts";
import { createOwnerIndex, findOwner, idOf } from "./owner-index.ts";
import { dropFinalizer, finalizersOf } from "../../../objects/finalizers.ts";

/**
 * Deletes what nobody owns any more, and lets go of owners that wait for their dependents to be deleted or to be orphaned. Events are never looked at.
 * Source: kube-controller-manager, pkg/controller/garbagecollector.
 */
export function startGarbageCollector(cluster: Cluster): void {
  const { api, signal } = cluster;
  const index = createOwnerIndex();
  const keys = new Map<string, ObjectKey>();
  const work = (id: string): void => {
    const key = keys.get(id);
    keys.delete(id);
    if (key !== undefined) judge({ ...cluster, index, lookAt }, key);
  };
  const queue: WorkQueue = createWorkQueue({ ...cluster, work });
  const lookAt = (key: ObjectKey): void => {
    keys.set(idOf(key), key);
    queue.add(idOf(key));
  };
  const see = (key: ObjectKey, object: KubernetesObject, isGone: boolean): void => {
    const owners = object.metadata.ownerReferences ?? [];
    index.set(key, isGone ? [] : owners);
    if (isGone) index.dependentsOf(object.metadata.uid).forEach(lookAt);
    else if (owners.length > 0 || isDeleting(object)) lookAt(key);
  };
  // The store's own events, because kinds may be added while the cluster runs.
  api.store.listen(({ type, key, object, old }) => {
    if (key.type.plural === "events") return;
    see(key, object, type === "DELETED");
    for (const reference of (type === "DELETED" ? object : old)?.metadata.ownerReferences ?? []) {
      const owner = findOwner(api, object, reference);
      if (owner.kind === "found" && isDeleting(owner.object)) lookAt(owner.key);
    }
  }, signal);
  for (const type of api.types.all().filter(({ verbs, plural }) => verbs.includes("delete") && plural !== "events")) {
    for (const object of api.list(type)) see({ type, namespace: object.metadata.namespace ?? "", name: object.metadata.name }, object, false);
  }
}

type Collector = Cluster & { readonly index: OwnerIndex; readonly lookAt: (key: ObjectKey) => void };

function judge(collector: Collector, key: ObjectKey): void {
  const object = collector.api.find(key);
  if (object === undefined) return;
  if (isDeleting(object)) finalize(collector, key, object);
  else collect(collector, key, object);
}

/** Sees to the dependents of an owner that is being deleted, as its finalizers say. */
function finalize({ api, index, lookAt }: Collector, key: ObjectKey, owner: KubernetesObject): void {
  const dependents = index.dependentsOf(owner.metadata.uid);
  if (finalizersOf(owner).includes("orphan")) {
    for (const dependent of dependents) dropOwners({ api }, dependent, ({ uid }) => uid === owner.metadata.uid);
    dropFinalizer(api, key, "orphan");
  } else if (finalizersOf(owner).includes("foregroundDeletion")) {
    const isBlocking = (dependent: ObjectKey): boolean =>
      api
        .find(dependent)
        ?.metadata.ownerReferences?.some((reference) => reference.uid === owner.metadata.uid && field(reference, "blockOwnerDeletion") === true) === true;
    if (!dependents.some(isBlocking)) dropFinalizer(api, key, "foregroundDeletion");
    for (const dependent of dependents) lookAt(dependent);
  }
}

/** Deletes an object all of whose owners are gone or wait for it; of several owners those that are gone are struck off. */
function collect({ api, index }: Collector, key: ObjectKey, object: KubernetesObject): void {
  const references = object.metadata.ownerReferences ?? [];
  const judged = references.map((reference) => ({ reference, state: stateOf({ api }, object, reference) }));
  const isIn = (state: OwnerState): boolean => judged.some((one) => one.state === state);
  if (references.length === 0 || (!isIn("absent") && !isIn("waiting"))) return;
  if (isIn("solid")) {
    dropOwners({ api }, key, ({ uid }) => judged.some(({ reference, state }) => reference.uid === uid && state !== "solid"));
    return;
  }
  const isForeground = finalizersOf(object).includes("foregroundDeletion") || (isIn("waiting") && index.dependentsOf(object.metadata.uid).length > 0);
  const propagationPolicy = finalizersOf(object).includes("orphan") ? "Orphan" : isForeground ? "Foreground" : "Background";
  api.delete(key, { propagationPolicy, ...(object.metadata.uid === undefined ? {} : { preconditions: { uid: object.metadata.uid } }) });
}

type OwnerState = "solid" | "absent" | "waiting";

/** An owner of which nobody can tell counts as there. */
function stateOf({ api }: Pick<Cluster, "api">, object: KubernetesObject, reference: OwnerReference): OwnerState {
  const owner = findOwner(api, object, reference);
  if (owner.kind === "absent") return "absent";
  return owner.kind === "found" && isDeleting(owner.object) && finalizersOf(owner.object).includes("foregroundDeletion") ? "waiting" : "solid";
}

function dropOwners({ api }: Pick<Cluster, "api">, key: ObjectKey, isDropped: (reference: OwnerReference) => boolean): void {
  if (api.find(key) === undefined) return;
  api.modify(key, (old) => {
    const { ownerReferences = [], ...metadata } = old.metadata;
    const kept = ownerReferences.filter((reference) => !isDropped(reference));
    return { ...old, metadata: kept.length === 0 ? metadata : { ...metadata, ownerReferences: kept } };
  });
}
