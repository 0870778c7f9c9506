import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { FieldCause } from "../../status-error.ts";
import type { Store } from "../../store/store.ts";

/** What the server does for objects of one kind beyond what it does for all; both may throw StatusError. */
export type Strategy = {
  /** After admission and before validation; the object has its name and uid, and no status. */
  readonly prepareCreate?: (request: StrategyRequest) => KubernetesObject;
  /** Not asked for subresources. */
  readonly prepareUpdate?: (request: StrategyRequest & { readonly old: KubernetesObject }) => KubernetesObject;
  readonly validateUpdate?: (object: KubernetesObject, old: KubernetesObject) => readonly FieldCause[];
  /** What the server hands out, once all else was found right. */
  readonly allocate?: (request: StrategyRequest & { readonly old?: KubernetesObject }) => KubernetesObject;
};

export type StrategyRequest = { readonly type: ResourceType; readonly object: KubernetesObject; readonly store: Store };
