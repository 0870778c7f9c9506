import type { Json } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import type { SchemaNode } from "../../schema/schema-node.ts";
import type { FieldSet } from "./field-set.ts";
import { joinPath, renderPath } from "./field-set.ts";
import { shapeOf } from "./resolve-node.ts";

/** The fields that a value sets. A field that the schema does not have, and an element that is there twice, is a mistake: `.foo: field not declared in schema`. */
export function collectFields(node: SchemaNode, value: Json): { readonly fields: FieldSet; readonly mistakes: readonly string[] } {
  const fields = new Set<string>();
  const mistakes: string[] = [];
  collect({ fields, mistakes }, node, { value, path: "" });
  return { fields, mistakes };
}

type Collecting = { readonly fields: Set<string>; readonly mistakes: string[] };

function collect(into: Collecting, node: SchemaNode, { value, path }: { readonly value: Json; readonly path: string }): void {
  const shape = shapeOf(node, value);
  if (shape.kind === "leaf") {
    const expected = node.kind === "scalar" ? expectedType(node.scalar, value) : undefined;
    if (expected !== undefined) into.mistakes.push(`${renderPath(path)}: expected ${expected}, got &value.valueUnstructured{Value:${JSON.stringify(value)}}`);
    into.fields.add(path);
  } else if (shape.kind === "fields" && isJsonObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      const at = joinPath(path, `f:${name}`);
      const known = shape.fieldOf(name);
      if (known === undefined) into.mistakes.push(`${renderPath(at)}: field not declared in schema`);
      if (known === undefined || inner === undefined) continue;
      collect(into, known, { value: inner, path: at });
      if (shape.isOpen || inner === null || (isJsonObject(inner) && Object.keys(inner).length === 0)) into.fields.add(at);
    }
  } else if (shape.kind === "items" && Array.isArray(value)) {
    const seen = new Set<string>();
    for (const item of value as readonly Json[]) {
      const element = shape.elementOf(item);
      const at = joinPath(path, element);
      if (seen.has(element)) into.mistakes.push(`${renderPath(path)}: duplicate entries for key ${renderPath(element)}`);
      seen.add(element);
      collect(into, shape.items, { value: item, path: at });
      into.fields.add(at);
    }
  }
}

function expectedType(scalar: string, value: Json): string | undefined {
  if (value === null) return undefined;
  if (scalar === "string") return typeof value === "string" ? undefined : "string";
  if (scalar === "boolean") return typeof value === "boolean" ? undefined : "boolean";
  if (scalar === "int32" || scalar === "int64") return typeof value === "number" ? undefined : "numeric (int or float)";
  return undefined;
}
