import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { list } from "../../../core/kubernetes/field.ts";
import { renderTime } from "../../objects/render-time.ts";
import type { ResourceType } from "../resource-type.ts";
import { qualifiedName } from "../resource-type.ts";
import { conflict } from "../status-error.ts";
import type { ObjectKey } from "../store/store.ts";
import type { DeleteOptions } from "./api.ts";
import { admit, type RegistryContext } from "./registry-context.ts";
import { objectAt } from "../../objects/object-fields.ts";
import { isDeclared } from "../../objects/object-key.ts";

type Deletion = { readonly object: KubernetesObject; readonly gone: boolean };

/** Removes an object, or marks it where grace or finalizers hold it. Throws StatusError. Source: k8s.io/apiserver, pkg/registry (rest/delete.go, generic/registry/store.go). */
export function deleteObject(
  context: RegistryContext,
  key: ObjectKey,
  { old, options }: { readonly old: KubernetesObject; readonly options: DeleteOptions },
): Deletion {
  const { type } = key;
  admit(context, { operation: "DELETE", type, object: old, options });
  refusePreconditions(key, old, options);
  const now = context.clock.now();
  if (type.kind === "Namespace" && type.group === "") return deleteNamespace(context, key, { old, options, now });
  const collected = withCollector(type, old, options);
  const grace = type.kind === "Pod" && type.group === "" ? planGrace(collected, options) : undefined;
  if (grace === "pending") return { object: old, gone: false };
  const marked = mark(collected, { grace, now });
  const isHeld = list(marked.metadata["finalizers"]).length > 0 || (grace ?? 0) > 0;
  if (!isHeld && grace === undefined) return { object: options.dryRun === true ? old : (context.store.remove(key) ?? old), gone: true };
  const object = options.dryRun === true || isEqual(marked, old) ? marked : context.store.put(key, marked);
  if (isHeld) return { object, gone: false };
  // A pod without grace is marked and then removed, as watchers of a real cluster see it.
  if (options.dryRun !== true) context.store.remove(key);
  return { object, gone: true };
}

function refusePreconditions({ type, name }: ObjectKey, { metadata }: KubernetesObject, { preconditions }: DeleteOptions): void {
  const { uid, resourceVersion } = preconditions ?? {};
  // The real server names the kind here where everything else names the resource.
  const byKind = { ...type, plural: type.kind };
  if (uid !== undefined && uid !== metadata.uid) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid ?? ""}). The object might have been deleted and then recreated`;
    throw conflict(byKind, name, why);
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    const why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion ?? ""}). The object might have been modified`;
    throw conflict(byKind, name, why);
  }
}

/** Who is to look after the object's dependents is said by a finalizer. */
function withCollector(type: ResourceType, object: KubernetesObject, { propagationPolicy }: DeleteOptions): KubernetesObject {
  const finalizers = list(object.metadata["finalizers"]).filter((finalizer) => typeof finalizer === "string");
  const standing = finalizers.includes("orphan") ? "Orphan" : finalizers.includes("foregroundDeletion") ? "Foreground" : undefined;
  const policy = propagationPolicy ?? standing ?? (orphaning.has(qualifiedName(type)) ? "Orphan" : "Background");
  const own = policy === "Orphan" ? ["orphan"] : policy === "Foreground" ? ["foregroundDeletion"] : [];
  const next = [...finalizers.filter((finalizer) => finalizer !== "orphan" && finalizer !== "foregroundDeletion"), ...own];
  if (next.length === finalizers.length && next.every((finalizer) => finalizers.includes(finalizer))) return object;
  const { finalizers: _finalizers, ...metadata } = object.metadata;
  return { ...object, metadata: { ...metadata, ...(next.length > 0 ? { finalizers: next } : {}) } };
}

/** Kinds whose dependents stay unless one says otherwise, from before there was a garbage collector. */
const orphaning = new Set(["jobs.batch", "replicationcontrollers"]);

/** A pod's seconds until it is taken off; "pending" when it is on its way already, and not later than asked for. */
function planGrace(pod: KubernetesObject, { gracePeriodSeconds }: DeleteOptions): number | "pending" | undefined {
  const asked = gracePeriodSeconds !== undefined && gracePeriodSeconds < 0 ? 1 : gracePeriodSeconds;
  const { deletionTimestamp, deletionGracePeriodSeconds: granted } = pod.metadata;
  if (deletionTimestamp !== undefined) {
    if (typeof granted !== "number" || granted === 0) return undefined;
    return asked === undefined || asked >= granted ? "pending" : asked;
  }
  const { nodeName, terminationGracePeriodSeconds } = objectAt(pod["spec"]);
  const { phase } = objectAt(pod["status"]);
  const isRunning = nodeName !== undefined && nodeName !== "" && phase !== "Failed" && phase !== "Succeeded";
  // No kubelet would ever end a pod that is only shown.
  if (!isRunning || isDeclared(pod)) return 0;
  return asked ?? (typeof terminationGracePeriodSeconds === "number" ? Math.max(1, terminationGracePeriodSeconds) : 0);
}

/** With its time of deletion; what has one keeps it, unless its grace is shortened. */
function mark(object: KubernetesObject, { grace = 0, now }: { readonly grace?: number | undefined; readonly now: Date }): KubernetesObject {
  const { deletionTimestamp, deletionGracePeriodSeconds: granted, generation } = object.metadata;
  if (deletionTimestamp === undefined) {
    const time = renderTime(new Date(now.getTime() + grace * 1000));
    const next = typeof generation === "number" && generation > 0 ? { generation: generation + 1 } : {};
    return { ...object, metadata: { ...object.metadata, ...next, deletionTimestamp: time, deletionGracePeriodSeconds: grace } };
  }
  if (typeof granted !== "number" || granted <= grace) return object;
  const time = renderTime(new Date(Date.parse(deletionTimestamp) + (grace - granted) * 1000));
  return { ...object, metadata: { ...object.metadata, deletionTimestamp: time, deletionGracePeriodSeconds: grace } };
}

const isEqual = (marked: KubernetesObject, old: KubernetesObject): boolean => JSON.stringify(marked.metadata) === JSON.stringify(old.metadata);

/** Its content goes first; the namespace controller sees to that and takes the finalizer off. */
function deleteNamespace(
  context: RegistryContext,
  key: ObjectKey,
  { old, options, now }: { readonly old: KubernetesObject; readonly options: DeleteOptions; readonly now: Date },
): Deletion {
  const { store } = context;
  if (old.metadata.deletionTimestamp === undefined) {
    const collected = withCollector(key.type, old, options);
    const terminating = {
      ...collected,
      metadata: { ...collected.metadata, deletionTimestamp: renderTime(now) },
      status: { ...objectAt(collected["status"]), phase: "Terminating" },
    };
    return { object: options.dryRun === true ? terminating : store.put(key, terminating), gone: false };
  }
  const isHeld = list(objectAt(old["spec"])["finalizers"]).length > 0 || list(old.metadata["finalizers"]).length > 0;
  if (isHeld) return { object: old, gone: false };
  return { object: options.dryRun === true ? old : (store.remove(key) ?? old), gone: true };
}
