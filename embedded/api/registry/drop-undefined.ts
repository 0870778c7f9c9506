import { isJsonObject, type Json, type JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";

/** An object without the fields that are undefined, so that two states compare as what a wire would show; the same object if it has none. */
export function dropUndefined(object: KubernetesObject): KubernetesObject {
  const dropped = dropFrom(object);
  return dropped === object ? object : { ...dropped, metadata: { ...dropFrom(object.metadata), name: object.metadata.name } };
}

function dropFrom(object: JsonObject): JsonObject {
  const entries = Object.entries(object);
  const kept = entries.filter((entry): entry is [string, Json] => entry[1] !== undefined).map(([key, value]) => [key, drop(value)] as const);
  return kept.length === entries.length && kept.every(([key, value]) => value === object[key]) ? object : Object.fromEntries(kept);
}

function drop(value: Json): Json {
  if (isJsonObject(value)) return dropFrom(value);
  if (!Array.isArray(value)) return value;
  const items = value.map((item: Json) => drop(item));
  return items.every((item, index) => item === value[index]) ? value : items;
}
