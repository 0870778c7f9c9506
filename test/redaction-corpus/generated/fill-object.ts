import type { Json, JsonObject } from "../../../core/contract/json.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import type { Filled } from "./fill-template.ts";

type FilledObject = { readonly object: JsonObject; readonly secrets: readonly string[]; readonly mustStay: readonly string[] };

/** Fills the gaps in every key and every text of an object. */
export function fillObject(fill: (template: string) => Filled, template: unknown): FilledObject {
  const secrets: string[] = [];
  const mustStay: string[] = [];
  const fillText = (text: string): string => {
    const filled = fill(text);
    secrets.push(...filled.secrets);
    mustStay.push(...filled.mustStay);
    return filled.text;
  };
  const walk = (value: unknown): Json => {
    if (typeof value === "string") return fillText(value);
    if (Array.isArray(value)) return value.map(walk);
    if (isJsonObject(value)) return walkObject(value);
    return typeof value === "number" || typeof value === "boolean" ? value : null;
  };
  const walkObject = (value: JsonObject): JsonObject => Object.fromEntries(Object.entries(value).map(([key, inner]) => [fillText(key), walk(inner)]));
  if (!isJsonObject(template)) throw new Error("a template of an object is a mapping");
  return { object: walkObject(template), secrets, mustStay };
}
