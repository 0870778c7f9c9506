import { KnownError } from "../../core/contract/known-error.ts";
import { renderYaml } from "./yaml/render-yaml.ts";

/** Objects as kubectl prints them, keys in order, integers to the letter; several as a List. */
export function renderObjects(objects: readonly unknown[], { form, isList }: { readonly form: "json" | "yaml"; readonly isList: boolean }): string {
  const whole = sortKeys(isList ? { apiVersion: "v1", items: objects, kind: "List", metadata: { resourceVersion: "" } } : objects[0], 0);
  return form === "json" ? `${renderJson(whole, "")}\n` : renderYaml(whole);
}

/** Deeper than any object that a server takes from people; what is deeper was made to break its readers. */
const deepest = 500;

function sortKeys(value: unknown, depth: number): unknown {
  if (depth > deepest) throw new KnownError("invalid-tarball", "An object is nested too deeply to be shown.", { hint: "-o table shows it." });
  if (Array.isArray(value)) return value.map((item) => sortKeys(item, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([key, member]) => [key, sortKeys(member, depth + 1)]));
}

/** JSON.stringify has no way to write a bigint. */
function renderJson(value: unknown, indent: string): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}    `;
  const parts = Array.isArray(value)
    ? value.map((item) => renderJson(item, inner))
    : Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${renderJson(member, inner)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return parts.length === 0 ? open + close : `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
}
