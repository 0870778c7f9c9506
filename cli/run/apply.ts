import pLimit from "p-limit";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { clusterFailure } from "../../core/cluster/failure.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { isKnownError, KnownError } from "../../core/contract/known-error.ts";
import type { RunObjects } from "./build/objects.ts";
import { runExists, terminating } from "./run-exists.ts";
import { replaceLeftover } from "./replace-leftover.ts";
import { refOf, rollBack } from "./roll-back.ts";

const objectsAtOnce = 8;

/**
 * Creates a run's objects; the aggregator, last, starts it. If something fails or the signal aborts midway, what was created is deleted
 * again and the error says so; KnownError "run-exists" when another run was faster.
 */
export async function applyRun(cluster: Cluster, objects: RunObjects, signal: AbortSignal): Promise<void> {
  // What may be there: also an object whose creation failed without the server saying no.
  const tried: KubernetesObject[] = [];
  const create = async (object: KubernetesObject): Promise<KubernetesObject> => {
    signal.throwIfAborted();
    tried.push(object);
    try {
      return await cluster.create(object, { signal });
    } catch (error) {
      if (clusterFailure(error) !== undefined) tried.splice(tried.indexOf(object), 1);
      throw error;
    }
  };
  try {
    const namespace = await createNamespace(cluster, { object: objects.namespace, create, signal });
    await createLock(cluster, { object: objects.lock, create, signal });
    const limit = pLimit(objectsAtOnce);
    await settleAll(objects.parts.map((part) => limit(() => createPart(cluster, { object: ownedByNamespace(part, namespace), create, signal }))));
    await create(objects.aggregator);
  } catch (error) {
    throw await undo(cluster, tried, { error, signal });
  }
}

type Step = { readonly object: KubernetesObject; readonly create: (object: KubernetesObject) => Promise<KubernetesObject>; readonly signal: AbortSignal };

async function createNamespace(cluster: Cluster, { object, create, signal }: Step): Promise<KubernetesObject> {
  const there = await cluster.find(refOf(object), signal);
  if (there?.metadata.deletionTimestamp !== undefined) throw terminating(object.metadata.name);
  if (there !== undefined) return there;
  return create(object).catch((error: unknown) => (isThereAlready(error) ? cluster.get(refOf(object), signal) : Promise.reject(error)));
}

async function createLock(cluster: Cluster, { object, create, signal }: Step): Promise<void> {
  try {
    await create(object);
  } catch (error) {
    if (!isThereAlready(error)) throw error;
    throw runExists((await cluster.find(refOf(object), signal)) ?? object);
  }
}

/** Cluster-scoped objects outlive their namespace for a moment; a new run must not stumble over the last one's. */
async function createPart(cluster: Cluster, { object, create, signal }: Step): Promise<void> {
  try {
    await create(object);
  } catch (error) {
    if (!isThereAlready(error) || !(await replaceLeftover(cluster, object, signal))) throw error;
    await create(object);
  }
}

const isThereAlready = (error: unknown): boolean => clusterFailure(error)?.reason === "AlreadyExists";

/** Kubernetes then removes a cluster-scoped object with the namespace, whoever deletes that (design D13). */
function ownedByNamespace(object: KubernetesObject, { metadata: { name, uid = "" } }: KubernetesObject): KubernetesObject {
  if (object.metadata.namespace !== undefined) return object;
  return { ...object, metadata: { ...object.metadata, ownerReferences: [{ apiVersion: "v1", kind: "Namespace", name, uid }] } };
}

/** Waits for all, so that nothing is still being made when the first error is acted on. */
async function settleAll(steps: readonly Promise<void>[]): Promise<void> {
  for (const settled of await Promise.allSettled(steps)) if (settled.status === "rejected") throw settled.reason;
}

async function undo(
  cluster: Cluster,
  tried: readonly KubernetesObject[],
  { error, signal }: { readonly error: unknown; readonly signal: AbortSignal },
): Promise<unknown> {
  // Where another run was faster it is in the namespace by now, whoever has made that.
  const kept = isKnownError(error) && error.code === "run-exists" ? tried.filter(({ kind }) => kind === "Namespace") : [];
  const left = await rollBack(
    cluster,
    tried.filter((object) => !kept.includes(object)),
  );
  const namespace = tried[0]?.metadata.namespace ?? tried[0]?.metadata.name ?? "";
  const done =
    tried.length === 0
      ? "Nothing was created."
      : kept.length > 0
        ? "The namespace, which was made for this run, stays for that one."
        : left.length === 0
          ? "What had been created was deleted again."
          : `Not all that had been created could be deleted again: ${left.map(describe).join(", ")}.`;
  const remedy = left.length === 0 ? "" : ` Remove it with \`asdic delete -n ${namespace}\`.`;
  if (signal.aborted) return new KnownError("interrupted", `Interrupted before the run had begun. ${done}`, remedy === "" ? {} : { hint: remedy.trim() });
  if (!isKnownError(error)) return error;
  const { code, message, hint } = error;
  return new KnownError(code, `${message} ${done}`, { hint: [hint, remedy.trim()].filter(Boolean).join("\n"), cause: error });
}

const describe = ({ kind = "", metadata }: KubernetesObject): string => `${kind} ${metadata.name}`;
