import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { FieldCause } from "../../status-error.ts";
import type { SchemaNode } from "../schema-node.ts";

export type Validated = { readonly type: ResourceType; readonly object: KubernetesObject; readonly old: KubernetesObject | undefined; readonly node: SchemaNode | undefined };

/** What is wrong with an object, in the API server's words and order. */
export function validateObject(_: Validated): readonly FieldCause[] {
  return [];
}
