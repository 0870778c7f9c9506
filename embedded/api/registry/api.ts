import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { JsonObject } from "../../../core/contract/json.ts";
import type { ResourceType } from "../resource-type.ts";
import type { ObjectKey, Store, StoreEvent } from "../store/store.ts";

/**
 * The API server's verbs without HTTP, with everything that holds for each caller: names, defaults, validation, admission, conflicts, finalizers, owners.
 * Controllers and kubelets call it as they are; the HTTP layer asks first who is calling and whether they may. All throw StatusError, and are synchronous:
 * what returned is done and was told to every watcher.
 */
export type Api = {
  /** All types that this cluster serves; custom ones too. */
  readonly types: TypeTable;
  readonly store: Store;
  get(key: ObjectKey): KubernetesObject;
  find(key: ObjectKey): KubernetesObject | undefined;
  list(type: ResourceType, options?: Selection): readonly KubernetesObject[];
  create(type: ResourceType, object: KubernetesObject, options?: WriteOptions): KubernetesObject;
  /** Replaces; a `resourceVersion` that is not the stored one is a conflict. With `subresource: "status"` only status changes, without it status stays. */
  update(key: ObjectKey, object: KubernetesObject, options?: WriteOptions): KubernetesObject;
  /** Reads, changes and writes; as nothing comes between, there is no conflict. The way for controllers and kubelets. */
  modify(key: ObjectKey, change: (object: KubernetesObject) => KubernetesObject, options?: WriteOptions): KubernetesObject;
  patch(key: ObjectKey, patch: Patch, options?: WriteOptions): KubernetesObject;
  /** The object as it stands afterwards: gone, or marked with a deletionTimestamp while grace or finalizers hold it. */
  delete(key: ObjectKey, options?: DeleteOptions): { readonly object: KubernetesObject; readonly gone: boolean };
  deleteCollection(type: ResourceType, options: Selection & DeleteOptions): readonly KubernetesObject[];
  /** Calls back for what is there (as ADDED) and for each later change, at once and in order; objects that leave the selection come as DELETED. */
  watch(type: ResourceType, options: Selection & { readonly signal: AbortSignal }, onEvent: (event: StoreEvent) => void): void;
};

export type TypeTable = {
  all(): readonly ResourceType[];
  /** By path: group "", "v1", "pods". */
  find(group: string, version: string, plural: string): ResourceType | undefined;
  /** By what objects say of themselves: "apps/v1", "Deployment". */
  ofKind(apiVersion: string, kind: string): ResourceType | undefined;
};

/** Selectors in their textual form; empty and undefined choose all. */
export type Selection = { readonly namespace?: string; readonly labelSelector?: string; readonly fieldSelector?: string };

export type WriteOptions = {
  readonly subresource?: string;
  readonly dryRun?: boolean;
  readonly fieldManager?: string;
  /** What happens with fields that the type does not know; the server's default is Warn. */
  readonly fieldValidation?: "Ignore" | "Warn" | "Strict";
  /** Receives each warning; HTTP gives them as `Warning` headers. */
  readonly warn?: (text: string) => void;
  /** Who is calling; controllers and kubelets leave it out. */
  readonly user?: User;
};

export type User = {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: { readonly [key: string]: readonly string[] };
};

export type Patch =
  | { readonly kind: "merge" | "strategic"; readonly body: JsonObject }
  | { readonly kind: "json"; readonly body: readonly JsonObject[] }
  | { readonly kind: "apply"; readonly body: JsonObject; readonly force: boolean };

export type DeleteOptions = {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: "Foreground" | "Background" | "Orphan";
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: boolean;
  readonly user?: User;
};

/** One rule in front of every write: the object as it may be stored, or a StatusError. `old` is missing for a create, `object` is the old one for a delete. */
export type Admission = (request: {
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  readonly type: ResourceType;
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string;
  readonly object: KubernetesObject;
  readonly old?: KubernetesObject;
  readonly dryRun: boolean;
  readonly user: User;
  readonly store: Store;
  readonly types: TypeTable;
  readonly warn: (text: string) => void;
}) => KubernetesObject;
