import { isJsonObject, type Json, type JsonObject } from "../../../core/contract/json.ts";
import type { DocumentProblem } from "../../../core/contract/plugin-definition.ts";
import { decodeScalar } from "../../../embedded/api/schema/decode-scalar.ts";
import { findSchemaNode, type Scalar, type SchemaNode } from "../../../embedded/api/schema/schema-node.ts";

/** What of a plugin's Kubernetes parts isn't as Kubernetes' schema has it: a field it doesn't know, or a value of another type. */
export type ShapeProblem = { readonly path: DocumentProblem["path"] } & (
  | { readonly kind: "unknown"; readonly known: readonly string[] }
  | { readonly kind: "type"; readonly expected: string }
);

/** Every such place in spec, podSpec and extra-volumes. */
export function findShapeProblems(document: JsonObject): readonly ShapeProblem[] {
  const pod = nodeAt(findSchemaNode("v1", "Pod"), "spec");
  return [
    ...findIn(itemsOf(nodeAt(pod, "containers")), document["spec"], ["spec"]),
    ...findIn(pod, document["podSpec"], ["podSpec"]),
    ...findIn(nodeAt(pod, "volumes"), document["extra-volumes"], ["extra-volumes"]),
  ];
}

const nodeAt = (node: SchemaNode | undefined, field: string): SchemaNode | undefined => (node?.kind === "object" ? node.fields.get(field)?.node : undefined);
const itemsOf = (node: SchemaNode | undefined): SchemaNode | undefined => (node?.kind === "list" ? node.items : undefined);

function findIn(node: SchemaNode | undefined, value: Json | undefined, path: DocumentProblem["path"]): readonly ShapeProblem[] {
  if (node === undefined || node.kind === "any" || value === undefined || value === null) return [];
  if (node.kind === "scalar") return "value" in decodeScalar(node.scalar, value) ? [] : [{ kind: "type", path, expected: scalarNames[node.scalar] }];
  if (node.kind === "list")
    return Array.isArray(value)
      ? value.flatMap((item: Json, index) => findIn(node.items, item, [...path, index]))
      : [{ kind: "type", path, expected: "a list" }];
  if (!isJsonObject(value)) return [{ kind: "type", path, expected: "a mapping" }];
  return Object.entries(value).flatMap(([key, item]) => {
    if (node.kind === "map") return findIn(node.items, item, [...path, key]);
    const field = node.fields.get(key);
    return field === undefined ? [{ kind: "unknown", path: [...path, key], known: [...node.fields.keys()] }] : findIn(field.node, item, [...path, key]);
  });
}

const scalarNames: { readonly [Name in Scalar]: string } = {
  string: "text",
  boolean: "true or false",
  int32: "a whole number",
  int64: "a whole number",
  number: "a number",
  quantity: "a quantity such as 100m or 64Mi",
  "int-or-string": "a whole number or text",
  time: "a time such as 2026-01-31T12:00:00Z",
  "micro-time": "a time such as 2026-01-31T12:00:00Z",
  bytes: "text in base64",
};
