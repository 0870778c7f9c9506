import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { Api } from "../../api/registry/api.ts";
import type { StoreEvent } from "../../api/store/store.ts";
import type { Clock } from "../../clock.ts";
import { typeOf } from "../../objects/object-key.ts";
import type { WorkQueue } from "../work-queue.ts";
import { controllerOf } from "../../objects/pod-state.ts";

/** What every controller works with; it ends when `signal` aborts. */
export type Cluster = { readonly api: Api; readonly clock: Clock; readonly signal: AbortSignal };

/** Calls back for everything of a kind that is there, and for each later change. */
export const watchKind = ({ api, signal }: Cluster, [apiVersion, kind]: readonly [string, string], onEvent: (event: StoreEvent) => void): void =>
  api.watch(typeOf(api, apiVersion, kind), { signal }, onEvent);

/** A queue's key for an object of a known kind. */
export const nameKey = ({ metadata }: KubernetesObject): string => `${metadata.namespace ?? ""}/${metadata.name}`;

/** The object that a queue's key names, if it is still there. */
export function findByKey({ api }: Cluster, [apiVersion, kind]: readonly [string, string], key: string): KubernetesObject | undefined {
  const slash = key.indexOf("/");
  return api.find({ type: typeOf(api, apiVersion, kind), namespace: key.slice(0, slash), name: key.slice(slash + 1) });
}

/** Looks at an object again after each change of what it controls. */
export const watchOwned = (
  cluster: Cluster,
  { child, owner: kind }: { readonly child: readonly [string, string]; readonly owner: string },
  queue: WorkQueue,
): void =>
  watchKind(cluster, child, ({ object }) => {
    const owner = controllerOf(object);
    if (owner?.kind === kind) queue.add(`${object.metadata.namespace ?? ""}/${owner.name}`);
  });
