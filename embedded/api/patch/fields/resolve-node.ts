import type { Json } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import type { SchemaNode } from "../../schema/schema-node.ts";

/** How a value is merged: as one, by its fields, or by its elements. */
export type Shape =
  | { readonly kind: "leaf" }
  | { readonly kind: "fields"; readonly fieldOf: (name: string) => SchemaNode | undefined; readonly isOpen: boolean }
  | { readonly kind: "items"; readonly items: SchemaNode; readonly elementOf: (item: Json) => string };

const any: SchemaNode = { kind: "any" };

/** The shape of a value; what no schema describes merges by its fields, and its lists as one. */
export function shapeOf(node: SchemaNode, value: Json | undefined): Shape {
  switch (node.kind) {
    case "scalar":
      return { kind: "leaf" };
    case "any":
      return isJsonObject(value) ? { kind: "fields", fieldOf: () => any, isOpen: true } : { kind: "leaf" };
    case "map":
      return node.atomic ? { kind: "leaf" } : { kind: "fields", fieldOf: () => node.items, isOpen: true };
    case "object":
      if (node.atomic) return { kind: "leaf" };
      // Custom kinds have fields that nobody described.
      return node.definition === ""
        ? { kind: "fields", fieldOf: (name) => node.fields.get(name)?.node ?? any, isOpen: true }
        : { kind: "fields", fieldOf: (name) => node.fields.get(name)?.node, isOpen: false };
    default:
      return node.list === "atomic" ? { kind: "leaf" } : { kind: "items", items: node.items, elementOf: (item) => elementOf(node, item) };
  }
}

function elementOf(node: SchemaNode & { readonly kind: "list" }, item: Json): string {
  if (node.list === "set") return `v:${JSON.stringify(item)}`;
  const keys = node.keys.map(({ name, preset }) => [name, (isJsonObject(item) ? item[name] : undefined) ?? preset] as const);
  return `k:${JSON.stringify(Object.fromEntries(keys.toSorted(([left], [right]) => (left < right ? -1 : 1))))}`;
}
