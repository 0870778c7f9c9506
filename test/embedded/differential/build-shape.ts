import { isJsonObject } from "../../../core/contract/json.ts";
import { field, text } from "../../../core/kubernetes/field.ts";

/** Types in the place of values: `string`, or `number|string` where elements differ; an array is the union of its elements under `[]`, or, where elements have a name, each under `[NAME]`. */
export type Shape = string | { readonly [key: string]: Shape };

/** The shape of a JSON value. Of a few fields that are part of the contract, the value itself stands in the shape. */
export function buildShape(value: unknown, key = ""): Shape {
  if (Array.isArray(value)) return buildArray(value, key);
  if (isJsonObject(value)) {
    if (key === "definitions" || key === "schemas" || key === "paths") return "object";
    return Object.fromEntries(
      Object.keys(value)
        .toSorted()
        .map((name) => [renderKey(name), buildShape(value[name], name)]),
    );
  }
  if (typeof value === "string" && literal.has(key)) return `=${value}`;
  return value === null ? "null" : typeof value;
}

/** What both have; where one has more, that too. */
export function joinShapes(one: Shape, other: Shape): Shape {
  if (typeof one === "string" && typeof other === "string") return [...new Set([...one.split("|"), ...other.split("|")])].toSorted().join("|");
  if (typeof one === "string" || typeof other === "string") return typeof one === "string" ? other : one;
  const joined: Record<string, Shape> = { ...one };
  for (const [key, shape] of Object.entries(other)) joined[key] = joined[key] === undefined ? shape : joinShapes(joined[key], shape);
  return joined;
}

const literal = new Set(["kind", "apiVersion", "groupVersion", "phase", "qosClass", "scope", "responseKind", "singularResource", "namespaced"]);

function buildArray(values: readonly unknown[], key: string): Shape {
  if (key === "verbs" || key === "shortNames" || key === "categories") return `=${values.map(String).toSorted().join(",")}`;
  const shape: Record<string, Shape> = {};
  for (const value of values) {
    const at = `[${nameElement(value, key)}]`;
    const built = buildShape(value, "");
    shape[at] = shape[at] === undefined ? built : joinShapes(shape[at], built);
  }
  return shape;
}

/** Elements that a key tells apart are compared one by one. */
function nameElement(value: unknown, key: string): string {
  switch (key) {
    case "items":
    case "rows":
      return nameObject(field(value, "metadata") === undefined ? field(value, "object") : value);
    case "resources":
    case "subresources":
      return text(field(value, "resource")) || text(field(value, "subresource")) || text(field(value, "name"));
    case "groups":
    case "columnDefinitions":
      return text(field(value, "name"));
    case "versions":
      return text(field(value, "version"));
    case "conditions":
      return text(field(value, "type"));
    case "managedFields":
      return ["manager", "operation", "subresource"]
        .map((name) => text(field(value, name)))
        .join(" ")
        .trim();
    default:
      return "";
  }
}

/** An object's name without what was made up for it; an event's is that of what it tells about. */
function nameObject(object: unknown): string {
  const name = text(field(object, "metadata", "name"));
  if (field(object, "involvedObject") !== undefined || field(object, "regarding") !== undefined) return "";
  const prefix = text(field(object, "metadata", "generateName"));
  const ended = prefix === "" ? name.replace(/\.[0-9a-f]{16}$/, "") : `${prefix}*`;
  return ended.replace(/-[bcdfghjklmnpqrstvwxz2456789]{6,10}(?:-\*|-[bcdfghjklmnpqrstvwxz2456789]{5})?$/, "-*");
}

const renderKey = (name: string): string =>
  name.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "UID").replaceAll(/\d+\.\d+\.\d+\.\d+/g, "ADDRESS");
