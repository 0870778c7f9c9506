import type { Json } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import type { SchemaNode } from "../../schema/schema-node.ts";
import { shapeOf } from "./resolve-node.ts";

/** What is there with what is applied: fields and elements of both, the applied value where both have one. Source: sigs.k8s.io/structured-merge-diff, typed/merge.go. */
export function mergeValues(node: SchemaNode, live: Json | undefined, applied: Json | undefined): Json | undefined {
  if (applied === undefined || live === undefined || live === null) return applied ?? live;
  const shape = shapeOf(node, applied);
  if (shape.kind === "fields" && isJsonObject(live) && isJsonObject(applied)) {
    // A map, because a name may be "__proto__".
    const merged = new Map(Object.entries(live));
    for (const [name, value] of Object.entries(applied)) merged.set(name, mergeValues(shape.fieldOf(name) ?? { kind: "any" }, merged.get(name), value));
    return Object.fromEntries(merged);
  }
  if (shape.kind === "items" && Array.isArray(live) && Array.isArray(applied)) return mergeItems(live, applied, shape);
  return applied;
}

type Items = { readonly items: SchemaNode; readonly elementOf: (item: Json) => string };

/** The applied order holds; elements that are only there stay between the ones that they stood between. */
function mergeItems(live: readonly Json[], applied: readonly Json[], { items, elementOf }: Items): readonly Json[] {
  const [left, right] = [live.map(elementOf), applied.map(elementOf)];
  const [liveItems, appliedItems] = [new Map(left.map((element, at) => [element, live[at]])), new Map(right.map((element, at) => [element, applied[at]]))];
  const shared = right.filter((element) => liveItems.has(element));
  const placed = new Set<string>();
  const merged: Json[] = [];
  const take = (element: string): void => {
    placed.add(element);
    merged.push(mergeValues(items, liveItems.get(element), appliedItems.get(element)) ?? null);
    if (shared[0] === element) shared.shift();
  };
  for (let [l, r] = [0, 0]; l < left.length || r < right.length;) {
    const [ours, theirs] = [left[l], right[r]];
    if (ours !== undefined && ours === theirs) {
      take(ours);
      l += 1;
      r += 1;
    } else if (ours !== undefined && theirs !== undefined && appliedItems.has(ours) && shared[0] !== undefined && shared[0] !== ours) {
      // Its turn comes with the applied order.
      l += 1;
    } else if (ours !== undefined && !appliedItems.has(ours)) {
      merged.push(live[l] ?? null);
      l += 1;
    } else {
      if (ours !== undefined && placed.has(ours)) l += 1;
      if (theirs !== undefined) {
        take(theirs);
        r += 1;
      } else if (ours !== undefined && !placed.has(ours)) l += 1;
    }
  }
  return merged;
}
