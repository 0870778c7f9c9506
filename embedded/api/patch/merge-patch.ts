import type { Json, JsonObject } from "../../../core/contract/json.ts";
import { isJsonObject } from "../../../core/contract/json.ts";

/** An object with a JSON merge patch applied: null removes, objects merge, everything else replaces. Source: RFC 7386. */
export function applyMergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, Json | undefined> = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined) delete merged[key];
    else if (isJsonObject(value)) merged[key] = applyMergePatch(ownObject(merged, key), value);
    else merged[key] = value;
  }
  return merged;
}

function ownObject(target: Readonly<Record<string, Json | undefined>>, key: string): JsonObject {
  const value = Object.hasOwn(target, key) ? target[key] : undefined;
  return isJsonObject(value) ? value : {};
}
