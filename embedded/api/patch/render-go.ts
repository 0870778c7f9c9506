import type { Json } from "../../../core/contract/json.ts";
import { isJsonObject } from "../../../core/contract/json.ts";

/** A value as Go's %v shows it: "map[a:1 b:[x y]]". */
export function renderGo(value: Json | undefined): string {
  if (value === null || value === undefined) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(renderGo).join(" ")}]`;
  if (!isJsonObject(value)) return String(value);
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `map[${entries.map(([key, item]) => `${key}:${renderGo(item)}`).join(" ")}]`;
}
