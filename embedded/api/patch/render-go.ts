import type { Json } from "../../../core/contract/json.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import { sortedEntries } from "../../objects/order.ts";

/** A value as Go's %v shows it: "map[a:1 b:[x y]]". */
export function renderGo(value: Json | undefined): string {
  if (value === null || value === undefined) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(renderGo).join(" ")}]`;
  if (!isJsonObject(value)) return String(value);
  const entries = sortedEntries(value);
  return `map[${entries.map(([key, item]) => `${key}:${renderGo(item)}`).join(" ")}]`;
}
