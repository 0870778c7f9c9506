import type { Json, JsonObject } from "../../contract/json.ts";
import { isJsonObject } from "../../contract/json.ts";
import type { UserPath } from "../user-rules/user-rules.ts";

/**
 * The fields of custom resources that their definition's schema marks as secret, by `format: password`, `writeOnly` or an extension such as
 * x-kubernetes-sensitive, as rules for `userRules.paths`; a schema is read forty levels deep.
 */
export function readSensitiveFields(definition: Json): readonly UserPath[] {
  const spec = isJsonObject(definition) ? definition["spec"] : undefined;
  const names = isJsonObject(spec) ? spec["names"] : undefined;
  const kind = isJsonObject(names) ? names["kind"] : undefined;
  const versions = isJsonObject(spec) ? spec["versions"] : undefined;
  if (typeof kind !== "string" || !Array.isArray(versions)) return [];
  const paths = (versions as readonly Json[]).flatMap((version) => {
    const schema = isJsonObject(version) ? version["schema"] : undefined;
    const root = isJsonObject(schema) ? schema["openAPIV3Schema"] : undefined;
    return isJsonObject(root) ? readPaths(root, ["**"]) : [];
  });
  const unique = new Map(paths.map((path) => [path.join("\0"), path]));
  return [...unique.values()].map((path) => ({ id: "sensitive-field", kind, path }));
}

const deepest = 40;

function readPaths(schema: JsonObject, path: readonly string[]): readonly (readonly string[])[] {
  if (path.length > deepest) return [];
  if (schema["type"] === "string" && isMarked(schema)) return [path];
  const { properties, items, additionalProperties } = schema;
  return [
    ...(isJsonObject(properties) ? Object.entries(properties).flatMap(([name, inner]) => (isJsonObject(inner) ? readPaths(inner, [...path, name]) : [])) : []),
    ...[items, additionalProperties].flatMap((inner) => (isJsonObject(inner) ? readPaths(inner, [...path, "*"]) : [])),
  ];
}

const isMarked = (schema: JsonObject): boolean =>
  schema["format"] === "password" ||
  schema["writeOnly"] === true ||
  Object.entries(schema).some(([key, value]) => value === true && /^x-.*sensitive$/.test(key));
