import { isJsonObject, type Json, type JsonObject } from "../../core/contract/json.ts";
import { escapeJson } from "../json/escape-json.ts";

/** A YAML document of an object whose keys are plain words; every text is in quotes, so that none is taken for anything else. */
export const renderYaml = (value: JsonObject): string => `${renderObject(value, 0)}\n`;

function renderObject(value: JsonObject, depth: number): string {
  const pad = "  ".repeat(depth);
  return Object.entries(value)
    .flatMap(([key, part]) => (part === undefined ? [] : [`${pad}${key}:${renderValue(part, depth)}`]))
    .join("\n");
}

function renderValue(value: Json, depth: number): string {
  if (isJsonObject(value)) return Object.keys(value).length === 0 ? " {}" : `\n${renderObject(value, depth + 1)}`;
  if (!isList(value)) return ` ${escapeJson(JSON.stringify(value))}`;
  const pad = "  ".repeat(depth);
  return value.length === 0 ? " []" : `\n${value.map((item) => `${pad}-${renderItem(item, depth)}`).join("\n")}`;
}

/** The first key of an object stands behind the dash, the others below it. */
const renderItem = (item: Json, depth: number): string =>
  isJsonObject(item) && Object.keys(item).length > 0 ? ` ${renderObject(item, depth + 1).trimStart()}` : renderValue(item, depth + 1);

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
