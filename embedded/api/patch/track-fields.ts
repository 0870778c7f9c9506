import type { Json } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import { list } from "../../../core/kubernetes/field.ts";
import { apiVersionOf, type ResourceType } from "../resource-type.ts";
import type { Schema } from "../schema/schema.ts";
import { customNode, type SchemaNode } from "../schema/schema-node.ts";
import { compareValues } from "./fields/compare-values.ts";
import { subtract, unite } from "./fields/field-set.ts";
import { isSameManager, parseManagedFields, type Manager, withManagedFields, withoutManagedFields, withoutUnmanaged } from "./fields/managed-fields.ts";
import { renderTime } from "../../objects/render-time.ts";

export type Tracked = {
  readonly type: ResourceType;
  /** Missing for a create. */
  readonly old: KubernetesObject | undefined;
  /** With defaults, before admission. */
  readonly object: KubernetesObject;
  readonly schema: Schema;
  readonly fieldManager: string;
  readonly now: Date;
  readonly subresource?: string;
};

/** The object with `managedFields` that say who changed what by a create or an update; an apply has said it itself. `managedFields: [{}]` makes it forget all. */
export function trackFields({ type, old, object, schema, fieldManager, now, subresource = "" }: Tracked): KubernetesObject {
  const given = list(object.metadata["managedFields"]);
  if (given.length === 1 && isJsonObject(given[0]) && Object.keys(given[0]).length === 0)
    return { ...object, metadata: withManagedFields(object.metadata, []) };
  const node = schema.nodeOf(type) ?? customNode;
  const own = { name: fieldManager, operation: "Update", apiVersion: apiVersionOf(type), subresource } as const;
  const stated = subresource === "" ? parseManagedFields(object.metadata) : [];
  const managers = stated.length > 0 ? stated : parseManagedFields(old?.metadata);
  const { added, modified, removed } = compareValues(node, old === undefined ? zeroOf(node) : withoutManagedFields(old), withoutManagedFields(object));
  const changed = withoutUnmanaged(unite(added, modified), subresource, type.subresources.includes("status"));
  const before = managers.find((manager) => isSameManager(manager, own));
  const others = managers
    .filter((manager) => manager !== before)
    .map((other): Manager => ({ ...other, fields: subtract(other.fields, added, modified, removed) }));
  const fields = unite(subtract(before?.fields ?? new Set(), removed), changed);
  const time = changed.size > 0 || before === undefined ? renderTime(now) : before.time;
  return { ...object, metadata: withManagedFields(object.metadata, [...others, { ...own, time, fields }]) };
}

/** What Go writes for an object in which nothing is set: a create is compared with it. */
function zeroOf(node: SchemaNode): Json {
  if (node.kind === "list") return null;
  if (node.kind === "scalar") return node.scalar === "boolean" ? false : /^int|number/.test(node.scalar) ? 0 : node.scalar === "string" ? "" : null;
  if (node.kind !== "object") return null;
  const zeros = [...node.fields].flatMap(([name, { node: inner, required, present }]) => {
    if (present) return [[name, zeroOf(inner)] as const];
    return required ? [[name, inner.kind === "object" ? null : zeroOf(inner)] as const] : [];
  });
  return Object.fromEntries(zeros);
}
