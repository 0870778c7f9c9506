import type { Json, JsonObject } from "../../../core/contract/json.ts";
import { isJsonObject } from "../../../core/contract/json.ts";

/** An object with a JSON merge patch applied: null removes, objects merge, everything else replaces. Source: RFC 7386. */
export function applyMergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  // A map, because a key may be "__proto__".
  const merged = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined) merged.delete(key);
    else merged.set(key, isJsonObject(value) ? applyMergePatch(objectOf(merged.get(key)), value) : value);
  }
  return Object.fromEntries(merged);
}

const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});
