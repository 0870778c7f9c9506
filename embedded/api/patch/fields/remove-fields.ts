import type { Json } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import type { SchemaNode } from "../../schema/schema-node.ts";
import type { FieldSet } from "./field-set.ts";
import { joinPath } from "./field-set.ts";
import { shapeOf } from "./resolve-node.ts";

/** The value without some of its fields; what loses all that was in it is null. */
export function removeFields(node: SchemaNode, value: Json, fields: FieldSet): Json {
  const touched = new Set(fields);
  for (const field of fields) for (let end = field.lastIndexOf("\0"); end > 0; end = field.lastIndexOf("\0", end - 1)) touched.add(field.slice(0, end));
  return remove({ fields, touched }, node, { value, path: "" });
}

/** `touched` are the fields and everything that they are in: the rest stays as it is. */
type Removing = { readonly fields: FieldSet; readonly touched: FieldSet };

function remove(removing: Removing, node: SchemaNode, { value, path }: { readonly value: Json; readonly path: string }): Json {
  const shape = shapeOf(node, value);
  if (shape.kind === "fields" && isJsonObject(value)) {
    const kept = Object.entries(value).flatMap(([name, inner]) => {
      const at = joinPath(path, `f:${name}`);
      if (inner === undefined || removing.fields.has(at)) return [];
      return [[name, removing.touched.has(at) ? remove(removing, shape.fieldOf(name) ?? { kind: "any" }, { value: inner, path: at }) : inner] as const];
    });
    return kept.length === 0 ? null : Object.fromEntries(kept);
  }
  if (shape.kind === "items" && Array.isArray(value)) {
    const kept = value.flatMap((item: Json) => {
      const at = joinPath(path, shape.elementOf(item));
      if (removing.fields.has(at)) return [];
      return [removing.touched.has(at) ? remove(removing, shape.items, { value: item, path: at }) : item];
    });
    return kept.length === 0 ? null : kept;
  }
  return value;
}
