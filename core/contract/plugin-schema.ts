import * as z from "zod";
import type { Json, JsonObject } from "./json.ts";
import { isJsonObject } from "./json.ts";
import { pluginDocuments, type PluginDefinition } from "./plugin-definition.ts";
import { fieldNotes } from "./plugin-schema-notes.ts";

/** JSON Schema (draft 2020-12) of a plugin file of this dialect, for editors; what only a program can check it leaves to the parser. */
export function pluginSchema(dialect: PluginDefinition["dialect"]): JsonObject {
  const made = parseJson(z.toJSONSchema(pluginDocuments[dialect], { io: "input", unrepresentable: "any" }));
  const { $schema, ...rest } = annotate(made, "");
  return {
    ...($schema === undefined ? {} : { $schema }),
    $comment: "Begin a plugin file with this line, and editors with a YAML language server check it: # yaml-language-server: $schema=plugin.schema.json",
    title: dialect === "sonobuoy" ? "A plugin of Sonobuoy's format" : "A plugin of asdic/v1",
    ...rest,
    ...(dialect === "sonobuoy" && { not: { anyOf: ownFields.map((field) => ({ required: [field] })) } }),
  };
}

/** What a file of Sonobuoy's may not have, because Sonobuoy would pass over it. */
const ownFields = Object.keys(pluginDocuments["asdic/v1"].shape).filter((field) => field !== "apiVersion" && !(field in pluginDocuments.sonobuoy.shape));

const parseJson = (schema: unknown): JsonObject => JSON.parse(JSON.stringify(schema)) as JsonObject;

/** A field's schema with its note, and so for everything in it. */
function annotate(schema: JsonObject, path: string): JsonObject {
  const entries = Object.entries({ ...schema, ...fieldNotes[path] }).filter((entry) => !isRemoved(...entry));
  return Object.fromEntries(entries.map(([key, value]) => [key, annotateKeyword(key, value, path)]));
}

function annotateKeyword(key: string, value: Json | undefined, path: string): Json | undefined {
  if (key === "items" && isJsonObject(value)) return annotate(value, `${path}.*`);
  if (key !== "properties" || !isJsonObject(value)) return value;
  const below = (name: string): string => (path === "" ? name : `${path}.${name}`);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, isJsonObject(field) ? annotate(field, below(name)) : field]));
}

/** A keyword that a note empties, and the limits that zod gives to whole numbers by itself. */
const isRemoved = (key: string, value: unknown): boolean =>
  ((key === "enum" || key === "anyOf") && Array.isArray(value) && value.length === 0) ||
  ((key === "maximum" || key === "minimum") && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER);
