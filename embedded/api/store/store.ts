import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../resource-type.ts";

/** Where one object stands; `namespace` is empty for what belongs to the cluster. */
export type ObjectKey = { readonly type: ResourceType; readonly namespace: string; readonly name: string };

/** A change, numbered by the revision that it made. A deleted object comes in its last state, with the deletion's revision. */
export type StoreEvent = {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly revision: number;
  readonly object: KubernetesObject;
  readonly key: ObjectKey;
  /** What it was before, missing for ADDED: watches with selectors and pages of an older list need it. */
  readonly old?: KubernetesObject;
};

/** What the REST layer reads: memory now, a tarball later. Objects are frozen values that nobody changes in place. */
export type ReadStore = {
  /** Of the newest change. */
  revision(): number;
  get(key: ObjectKey): KubernetesObject | undefined;
  /** All of a type, or of one namespace, in the order of namespace and name; each as at `revision()`. */
  list(type: ResourceType, namespace?: string): readonly KubernetesObject[];
};

/** What the embedded cluster keeps its state in. Every write sets `metadata.resourceVersion` to its revision and is told to all who listen before it returns. */
export type Store = ReadStore & {
  put(key: ObjectKey, object: KubernetesObject): KubernetesObject;
  remove(key: ObjectKey): KubernetesObject | undefined;
  /** The changes after a revision, oldest first; undefined when some of them are compacted away. */
  since(revision: number): readonly StoreEvent[] | undefined;
  /** Calls `listener` with every later change until `signal` aborts. */
  listen(listener: (event: StoreEvent) => void, signal: AbortSignal): void;
  /** Forgets all changes up to now, as etcd's compaction does. */
  compact(): void;
};

/** Where an object stands among those of its type, in the order of etcd's keys: "namespace/name". */
export const pathOf = ({ namespace = "", name }: { readonly namespace?: string; readonly name: string }): string =>
  namespace === "" ? name : `${namespace}/${name}`;
