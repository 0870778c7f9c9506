import type { Json, JsonObject } from "../../../core/contract/json.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import { apiVersionOf, splitApiVersion } from "../resource-type.ts";
import type { SchemaNode } from "../schema/schema-node.ts";
import { customNode } from "../schema/schema-node.ts";
import { badRequest, failure, invalid, StatusError } from "../status-error.ts";
import type { PatchInput } from "./apply-patch.ts";
import { collectFields } from "./fields/collect-fields.ts";
import { compareValues } from "./fields/compare-values.ts";
import type { FieldSet } from "./fields/field-set.ts";
import { intersect, renderPath, sortFields, subtract, unite, withNamedParents } from "./fields/field-set.ts";
import type { Manager } from "./fields/managed-fields.ts";
import { isSameManager, parseManagedFields, renderManager, withManagedFields, withoutManagedFields, withoutUnmanaged } from "./fields/managed-fields.ts";
import { mergeValues } from "./fields/merge-values.ts";
import { removeFields } from "./fields/remove-fields.ts";
import { renderTime } from "../../objects/render-time.ts";
import { required } from "../causes.ts";

/**
 * The object as it is after one of its managers said what it wants: that is merged in, what the manager said before and says no more goes unless another holds it, and what others
 * hold is a conflict unless it is forced. Throws StatusError. Source: sigs.k8s.io/structured-merge-diff, merge/update.go.
 */
export function applyServerSide(input: PatchInput, wanted: JsonObject, force: boolean): KubernetesObject {
  const { type, current, schema, now, subresource = "" } = input;
  refuseOtherKind(input, wanted);
  const node = schema.nodeOf(type) ?? customNode;
  const live = current === undefined ? undefined : withoutManagedFields(current);
  const { fields, mistakes } = collectFields(node, wanted);
  if (mistakes[0] !== undefined) {
    const name = `${text(field(wanted, "metadata", "namespace"))}/${text(field(wanted, "metadata", "name"))}; ${type.group}/${type.version}, Kind=${type.kind}`;
    throw failure(`failed to create typed patch object (${name}): ${mistakes.join("\n")}`);
  }
  const hasStatus = type.subresources.includes("status");
  const time = renderTime(now);
  const own = { name: input.fieldManager, operation: "Apply", apiVersion: apiVersionOf(type), subresource } as const;
  const managers = current === undefined ? [] : readManagers(node, current);
  const before = managers.find((manager) => isSameManager(manager, own));
  const others = managers.filter((manager) => manager !== before);

  const merged = mergeValues(node, live, wanted) ?? {};
  const held = unite(fields, ...others.map((other) => other.fields));
  const pruned = before === undefined ? merged : prune(node, merged, { last: before.fields, held });
  const { added, modified, removed } = compareValues(node, live ?? {}, pruned);
  const changed = unite(added, modified);
  if (!force) refuseConflicts(others, changed);
  const kept = others.map((other) => ({ ...other, fields: subtract(other.fields, changed, removed) }));
  const ours: Manager = { ...own, time, fields: withoutUnmanaged(fields, subresource, hasStatus) };
  const object = parseObject({ ...(isJsonObject(pruned) ? pruned : {}), apiVersion: own.apiVersion, kind: type.kind });
  return { ...object, metadata: withManagedFields(object.metadata, [...kept, ours]) };
}

function refuseOtherKind({ type, fieldManager }: PatchInput, wanted: JsonObject): void {
  if (fieldManager === "") throw invalid({ group: "meta.k8s.io", kind: "PatchOptions" }, "", required("fieldManager", "is required for apply patch"));
  const [group, version] = splitApiVersion(text(wanted["apiVersion"]));
  if (wanted["kind"] !== type.kind || group !== type.group || version !== type.version)
    throw badRequest(`invalid object type: ${group}/${version}, Kind=${text(wanted["kind"])}`);
  if (Array.isArray(field(wanted, "metadata", "managedFields"))) throw badRequest("metadata.managedFields must be nil");
}

/** An object that nobody manages belongs to whoever was there before the first apply. */
function readManagers(node: SchemaNode, current: KubernetesObject): readonly Manager[] {
  if (list(current.metadata["managedFields"]).length > 0) return parseManagedFields(current.metadata);
  const fields = withoutUnmanaged(collectFields(node, withoutManagedFields(current)).fields, "", false);
  return [{ name: "before-first-apply", operation: "Update", apiVersion: text(current.apiVersion), subresource: "", time: undefined, fields }];
}

/** What this manager held and holds no more goes, but for what someone else holds and for what nobody ever held. */
function prune(node: SchemaNode, merged: Json, { last, held }: { readonly last: FieldSet; readonly held: FieldSet }): Json {
  const lastNamed = withNamedParents(last);
  const fieldsOf = (value: Json): FieldSet => withNamedParents(collectFields(node, value).fields);
  const all = fieldsOf(merged);
  const withoutLast = removeFields(node, merged, lastNamed);
  const withHeld = removeFields(node, merged, subtract(all, fieldsOf(withoutLast), withNamedParents(held)));
  return removeFields(node, merged, intersect(subtract(all, fieldsOf(withHeld)), lastNamed));
}

function refuseConflicts(others: readonly Manager[], changed: FieldSet): void {
  const conflicts = others
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .map((manager) => ({ by: renderManager(manager), fields: sortFields(intersect(manager.fields, changed)).map(renderPath) }))
    .filter(({ fields }) => fields.length > 0);
  const causes = conflicts.flatMap(({ by, fields }) => fields.map((path) => ({ reason: "FieldManagerConflict", message: `conflict with ${by}`, field: path })));
  const [first] = causes;
  if (first === undefined) return;
  const lines = conflicts.flatMap(({ by, fields }) => [`conflicts with ${by}:`, ...fields.map((path) => `- ${path}`)]);
  const message = causes.length === 1 ? `1 conflict: ${first.message}: ${first.field}` : `${causes.length} conflicts: ${lines.join("\n")}`;
  throw new StatusError({ code: 409, reason: "Conflict", message: `Apply failed with ${message}`, details: { causes } });
}

/** An object of its type: what the patch says of metadata has been merged into what was there. */
function parseObject(object: JsonObject): KubernetesObject {
  return { ...object, metadata: (isJsonObject(object["metadata"]) ? object["metadata"] : {}) as KubernetesObject["metadata"] };
}
