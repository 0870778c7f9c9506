import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import type { SchemaNode } from "../../schema/schema-node.ts";
import type { FieldSet } from "./field-set.ts";
import { joinPath } from "./field-set.ts";
import { shapeOf } from "./resolve-node.ts";

/** The fields in which two states of an object differ. Source: sigs.k8s.io/structured-merge-diff, typed/compare.go. */
export type Comparison = { readonly added: FieldSet; readonly modified: FieldSet; readonly removed: FieldSet };

/** Compares an object's state with an earlier one. */
export function compareValues(node: SchemaNode, before: Json, after: Json): Comparison {
  const comparison = { added: new Set<string>(), modified: new Set<string>(), removed: new Set<string>() };
  compare(comparison, node, { before, after, path: "" });
  return comparison;
}

type Comparing = { readonly added: Set<string>; readonly modified: Set<string>; readonly removed: Set<string> };
type Pair = { readonly before: Json | undefined; readonly after: Json | undefined; readonly path: string };

function compare(into: Comparing, node: SchemaNode, pair: Pair): void {
  const { before, after, path } = pair;
  if (before === undefined && after === undefined) return;
  const shape = shapeOf(node, isEmpty(after) ? before : after);
  if (shape.kind === "leaf" || (isEmpty(before) && isEmpty(after))) {
    if (before !== undefined && after !== undefined && !isDeepStrictEqual(before, after)) into.modified.add(path);
  } else if (shape.kind === "fields") {
    const [left, right] = [isJsonObject(before) ? before : {}, isJsonObject(after) ? after : {}];
    for (const name of new Set([...Object.keys(left), ...Object.keys(right)]))
      compare(into, shape.fieldOf(name) ?? { kind: "any" }, { before: left[name], after: right[name], path: joinPath(path, `f:${name}`) });
  } else {
    const [left, right] = [groupItems(before, shape.elementOf), groupItems(after, shape.elementOf)];
    for (const element of new Set([...left.keys(), ...right.keys()]))
      compareItems(into, shape.items, { before: left.get(element) ?? [], after: right.get(element) ?? [], path: joinPath(path, element) });
  }
  if (path === "") return;
  if (before === undefined) into.added.add(path);
  else if (after === undefined) into.removed.add(path);
}

/** Elements that are there twice are compared as one. */
function compareItems(
  into: Comparing,
  items: SchemaNode,
  { before, after, path }: { readonly before: readonly Json[]; readonly after: readonly Json[]; readonly path: string },
): void {
  if (before.length <= 1 && after.length <= 1) compare(into, items, { before: before[0], after: after[0], path });
  else if (before.length === 0) into.added.add(path);
  else if (after.length === 0) into.removed.add(path);
  else if (!isDeepStrictEqual(before, after)) into.modified.add(path);
}

function groupItems(value: Json | undefined, elementOf: (item: Json) => string): ReadonlyMap<string, readonly Json[]> {
  return Array.isArray(value) ? Map.groupBy(value as readonly Json[], elementOf) : new Map();
}

function isEmpty(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === undefined || (isJsonObject(value) && Object.keys(value).length === 0);
}
