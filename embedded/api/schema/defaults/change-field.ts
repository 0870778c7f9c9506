import type { Json, JsonObject } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";

/** A part of an object with what is missing filled in. */
export type Fill = (value: JsonObject) => JsonObject;

/** The object with one of its objects changed; as it is where it has none. */
export function changeField(value: JsonObject, name: string, change: Fill): JsonObject {
  const inner = value[name];
  return isJsonObject(inner) ? { ...value, [name]: change(inner) } : value;
}

/** The object with one of its objects changed; a missing one is an empty one. */
export const fillField = (value: JsonObject, name: string, change: Fill): JsonObject => changeField(preset(value, { [name]: {} }), name, change);

/** The object with each element of one of its lists changed. */
export function changeEach(value: JsonObject, name: string, change: Fill): JsonObject {
  const items: Json | undefined = value[name];
  return Array.isArray(items) ? { ...value, [name]: items.map((item: Json) => (isJsonObject(item) ? change(item) : item)) } : value;
}

/** The object with the fields that it lacks. */
export function preset(value: JsonObject, presets: JsonObject): JsonObject {
  const missing = Object.entries(presets).filter(([name]) => value[name] === undefined);
  return missing.length === 0 ? value : { ...value, ...Object.fromEntries(missing) };
}

/** One change after the other. */
export const inOrder =
  (...fills: readonly Fill[]): Fill =>
  (value) =>
    fills.reduce((changed, fill) => fill(changed), value);

/** A change of one of an object's objects. */
export const inField =
  (name: string, change: Fill): Fill =>
  (value) =>
    changeField(value, name, change);

/** The object with what it lacks, as a change. */
export const presets =
  (values: JsonObject): Fill =>
  (value) =>
    preset(value, values);
