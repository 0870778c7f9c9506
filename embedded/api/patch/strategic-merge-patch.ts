import type { Json, JsonObject } from "../../../core/contract/json.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import type { SchemaField, SchemaNode } from "../schema/schema-node.ts";
import { failure } from "../status-error.ts";
import { renderGo } from "./render-go.ts";
import { mergeOrdered, refuseOtherOrder } from "./merge-ordered.ts";

/** An object with a strategic merge patch applied: lists merge as their type says, `$` directives do the rest. Source: k8s.io/apimachinery, pkg/util/strategicpatch/patch.go. */
export function applyStrategicMergePatch(original: JsonObject, patch: JsonObject, node: SchemaNode): JsonObject {
  const directive = patch["$patch"];
  if (directive === "replace" || directive === "delete") {
    const { $patch: _, ...rest } = patch;
    return directive === "replace" ? rest : {};
  }
  if (directive !== undefined && directive !== "merge") throw failure(`unknown patch type: ${renderGo(directive)} in map: ${renderGo(patch)}`);
  // A map, because a key may be "__proto__".
  const merged = new Map(Object.entries(original));
  keepOnly(merged, patch);
  const done = mergeInOrder(merged, patch, node);
  for (const [key, value] of Object.entries(patch)) {
    if (done.has(key) || key === "$patch" || key === "$retainKeys" || key.startsWith(orderPrefix) || value === undefined) continue;
    if (key.startsWith(deletePrefix)) deletePrimitives(merged, key.slice(deletePrefix.length), value);
    else if (value === null) merged.delete(key);
    else merged.set(key, mergeValue(merged.get(key), value, fieldOf(node, key)));
  }
  return Object.fromEntries(merged);
}

const orderPrefix = "$setElementOrder/";
const deletePrefix = "$deleteFromPrimitiveList/";

const any: SchemaField = { node: { kind: "any" }, required: false, present: false, values: [], merge: false, mergeKey: undefined, retainKeys: false };

function fieldOf(node: SchemaNode, key: string): SchemaField {
  if (node.kind === "map") return { ...any, node: node.items };
  return node.kind === "object" ? (node.fields.get(key) ?? any) : any;
}

/** $retainKeys names the fields that stay of those that were there. */
function keepOnly(merged: Map<string, Json | undefined>, { $retainKeys: kept }: JsonObject): void {
  if (!Array.isArray(kept)) return;
  for (const key of merged.keys()) if (!kept.includes(key)) merged.delete(key);
}

function mergeValue(original: Json | undefined, patch: Json, field: SchemaField): Json {
  if (isJsonObject(patch)) return isJsonObject(original) ? applyStrategicMergePatch(original, patch, field.node) : withoutDirectives(patch);
  if (!Array.isArray(patch)) return patch;
  return Array.isArray(original) && field.merge ? mergeLists(original, patch, field) : withoutDirectives(patch);
}

/** $setElementOrder lists are merged with the lists that they order; gives the keys of those. */
function mergeInOrder(merged: Map<string, Json | undefined>, patch: JsonObject, node: SchemaNode): ReadonlySet<string> {
  const done = new Set<string>();
  for (const [directive, order] of Object.entries(patch)) {
    if (!directive.startsWith(orderPrefix) || !Array.isArray(order)) continue;
    const key = directive.slice(orderPrefix.length);
    const field = fieldOf(node, key);
    const { [key]: items = [] } = patch;
    const originals = merged.get(key);
    if (!Array.isArray(items)) continue;
    refuseOtherOrder(items, order, field.mergeKey);
    if (originals === undefined && patch[key] === undefined) continue;
    const isOrderAlone = patch[key] === undefined && Array.isArray(originals);
    const now: readonly Json[] = isOrderAlone ? originals : parseList(mergeValue(originals, items, field));
    merged.set(key, mergeOrdered(now, { order, before: Array.isArray(originals) ? originals : [], key: field.mergeKey }));
    done.add(key);
  }
  return done;
}

const parseList = (value: Json): readonly Json[] => (Array.isArray(value) ? value : []);

function mergeLists(originals: readonly Json[], patch: readonly Json[], field: SchemaField): readonly Json[] {
  if (!field.merge) return parseList(withoutDirectives(patch));
  const { mergeKey } = field;
  if (mergeKey === undefined) {
    const all = [...originals, ...patch].filter((value, index, values) => values.indexOf(value) === index);
    return mergeOrdered(all, { order: patch, before: originals, key: undefined });
  }
  const items = patch.filter((item) => isJsonObject(item) && item["$patch"] === undefined);
  if (patch.some((item) => isJsonObject(item) && item["$patch"] === "replace")) return parseList(withoutDirectives(items));
  const kept = patch.reduce<readonly Json[]>((left, item) => deleteItem(left, item, mergeKey), originals);
  const merged = items.reduce<readonly Json[]>((left, item) => mergeItem(left, item, field), kept);
  return mergeOrdered(merged, { order: items, before: kept, key: mergeKey });
}

function deleteItem(items: readonly Json[], patch: Json, mergeKey: string): readonly Json[] {
  const directive = isJsonObject(patch) ? patch["$patch"] : undefined;
  if (!isJsonObject(patch) || directive === undefined) return items;
  if (directive !== "delete") throw failure(`unknown patch type: ${renderGo(directive)} in map: ${renderGo(patch)}`);
  const name = keyOf(patch, mergeKey);
  return items.filter((item) => !isJsonObject(item) || item[mergeKey] !== name);
}

function mergeItem(items: readonly Json[], patch: Json, field: SchemaField): readonly Json[] {
  const { mergeKey = "", node } = field;
  if (!isJsonObject(patch)) return items;
  const name = keyOf(patch, mergeKey);
  const at = items.findIndex((item) => isJsonObject(item) && item[mergeKey] === name);
  const found = items[at];
  if (!isJsonObject(found)) return [...items, withoutDirectives(patch)];
  return items.with(at, applyStrategicMergePatch(found, patch, node.kind === "list" ? node.items : any.node));
}

function keyOf(patch: JsonObject, mergeKey: string): Json {
  const name = patch[mergeKey];
  if (name === undefined) throw failure(`map: ${renderGo(patch)} does not contain declared merge key: ${mergeKey}`);
  return name;
}

function deletePrimitives(merged: Map<string, Json | undefined>, key: string, gone: Json): void {
  const values = merged.get(key);
  if (!Array.isArray(values) || !Array.isArray(gone)) return;
  merged.set(
    key,
    values.filter((value: Json) => !gone.includes(value)),
  );
}

/** What a patch brings anew, without its directives and nulls. */
function withoutDirectives(value: Json): Json {
  if (Array.isArray(value))
    return value.filter((item: Json) => !isJsonObject(item) || item["$patch"] === undefined || item["$patch"] === "merge").map(withoutDirectives);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).flatMap(([key, item]) =>
    key.startsWith("$") && isDirective(key) ? [] : item === null || item === undefined ? [] : [[key, withoutDirectives(item)]],
  );
  return Object.fromEntries(kept);
}

const isDirective = (key: string): boolean => key === "$patch" || key === "$retainKeys" || key.startsWith(orderPrefix) || key.startsWith(deletePrefix);
