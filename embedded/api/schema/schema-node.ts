import schemas from "./schemas.json" with { type: "json" };

/** How one value of an object looks and is merged. */
export type SchemaNode =
  | { readonly kind: "scalar"; readonly scalar: Scalar }
  | { readonly kind: "any" }
  | { readonly kind: "object"; readonly definition: string; readonly fields: ReadonlyMap<string, SchemaField>; readonly atomic: boolean }
  | { readonly kind: "map"; readonly items: SchemaNode; readonly atomic: boolean }
  | { readonly kind: "list"; readonly items: SchemaNode; readonly list: ListType; readonly keys: readonly ListKey[] };

export type Scalar = (typeof scalars)[number];

/** Server-side apply's view of a list. */
export type ListType = "atomic" | "set" | "map";

/** A field that tells elements of a list apart, and its value where it is missing. */
export type ListKey = { readonly name: string; readonly preset: string | number };

export type SchemaField = {
  readonly node: SchemaNode;
  readonly required: boolean;
  /** The API server writes it even if it is an empty object. */
  readonly present: boolean;
  /** The values that it may have; empty for any. */
  readonly values: readonly string[];
  /** A strategic merge patch merges this list instead of replacing it; by `mergeKey` unless its elements are scalars. */
  readonly merge: boolean;
  readonly mergeKey: string | undefined;
  /** A strategic merge patch may name the fields that stay: $retainKeys. */
  readonly retainKeys: boolean;
};

const scalars = ["string", "boolean", "int32", "int64", "number", "quantity", "int-or-string", "time", "micro-time", "bytes"] as const;
const kinds = new Map<string, string>(Object.entries(schemas.kinds));
const definitions = new Map<string, Readonly<Record<string, string>>>(Object.entries(schemas.definitions));
const objects = new Map<string, SchemaNode>();

/** The schema of a built-in kind, as schemas.json (written by scripts/read-schemas.ts) has it; undefined for any other. */
export function findSchemaNode(apiVersion: string, kind: string): SchemaNode | undefined {
  const definition = kinds.get(`${apiVersion} ${kind}`);
  return definition === undefined ? undefined : objectNode(definition);
}

/** The schema of a custom kind: metadata as everywhere, and any fields beside it. */
export const customNode: SchemaNode = {
  kind: "object",
  definition: "",
  fields: new Map([["metadata", parseField("meta.v1.ObjectMeta present")]]),
  atomic: false,
};

/** Each definition is read once and when it is needed: they refer to each other, and some to themselves. */
function objectNode(definition: string): SchemaNode {
  const known = objects.get(definition);
  if (known !== undefined) return known;
  const lines = definitions.get(definition) ?? {};
  const fields = new Map<string, SchemaField>();
  const node: SchemaNode = { kind: "object", definition, fields, atomic: lines[""] === "atomic" };
  objects.set(definition, node);
  for (const [name, line] of Object.entries(lines)) if (name !== "") fields.set(name, parseField(line));
  return node;
}

function parseField(line: string): SchemaField {
  const [type = "any", ...words] = line.split(" ");
  const has = (word: string): boolean => words.includes(word);
  const valueOf = (word: string): string | undefined => words.find((other) => other.startsWith(`${word}=`))?.slice(word.length + 1);
  const mergeKey = valueOf("merge");
  return {
    node: parseType(type, { atomic: has("atomic"), set: has("set"), keys: valueOf("map")?.split(",") ?? [] }),
    required: has("required"),
    present: has("present"),
    values: valueOf("one-of")?.split("|") ?? [],
    merge: has("merge") || mergeKey !== undefined,
    mergeKey,
    retainKeys: has("retain-keys"),
  };
}

/** "string", "[core.v1.Container]" for a list, "{string}" for a map. */
function parseType(type: string, how: { readonly atomic: boolean; readonly set: boolean; readonly keys: readonly string[] }): SchemaNode {
  const inner = (): SchemaNode => parseType(type.slice(1, -1), { atomic: false, set: false, keys: [] });
  if (type === "any") return { kind: "any" };
  if (type.startsWith("{")) return { kind: "map", items: inner(), atomic: how.atomic };
  if (type.startsWith("[")) {
    const items = inner();
    const keys = how.keys.map((name) => ({ name, preset: presetOf(type.slice(1, -1), name) }));
    return { kind: "list", items, list: keys.length > 0 ? "map" : how.set ? "set" : "atomic", keys };
  }
  const scalar = scalars.find((name) => name === type);
  if (scalar !== undefined) return { kind: "scalar", scalar };
  const object = objectNode(type);
  return how.atomic && object.kind === "object" ? { ...object, atomic: true } : object;
}

function presetOf(definition: string, field: string): string | number {
  const [type = "", ...words] = definitions.get(definition)?.[field]?.split(" ") ?? [];
  return words.find((word) => word.startsWith("default="))?.slice("default=".length) ?? (type.startsWith("int") ? 0 : "");
}
