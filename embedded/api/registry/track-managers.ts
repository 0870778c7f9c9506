import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { trackFields } from "../patch/track-fields.ts";
import type { ResourceType } from "../resource-type.ts";
import type { WriteOptions } from "./api.ts";
import type { RegistryContext } from "./registry-context.ts";

export type Written = {
  readonly object: KubernetesObject;
  readonly old?: KubernetesObject;
  readonly options: WriteOptions;
  /** Whether it comes of an apply, which has said already who manages what. */
  readonly isApplied?: boolean;
};

/** The object with the word of who wrote which fields, if the writer has a name: clients do, controllers and kubelets of this process do not. */
export function trackManagers({ schema, clock }: RegistryContext, type: ResourceType, { object, old, options, isApplied }: Written): KubernetesObject {
  const { fieldManager, subresource = "" } = options;
  if (fieldManager === undefined || isApplied === true) return object;
  return trackFields({ type, old, object, schema, fieldManager, now: clock.now(), subresource });
}
