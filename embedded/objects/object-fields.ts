import type { Json, JsonObject } from "../../core/contract/json.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { list } from "../../core/kubernetes/field.ts";

/** An object, or an empty one for anything else. */
export const objectAt = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

/** The objects of a list; nothing for anything else. */
export const objectsAt = (value: unknown): readonly JsonObject[] => list(value).filter(isJsonObject);

/** A number, or the given one where there is none. */
export const numberAt = (value: unknown, otherwise = 0): number => (typeof value === "number" ? value : otherwise);

/** An object's map of strings (labels, annotations, nodeSelector) without what is no string. */
export const stringsAt = (value: unknown): { readonly [key: string]: string } =>
  Object.fromEntries(Object.entries(objectAt(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string"));

/** Without the fields that are undefined, so that a comparison sees what would be stored. */
export const definedFields = (object: { readonly [key: string]: Json | undefined }): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
