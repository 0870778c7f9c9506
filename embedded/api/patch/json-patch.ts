import { isDeepStrictEqual } from "node:util";
import type { Json, JsonObject } from "../../../core/contract/json.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import { StatusError } from "../status-error.ts";

/** A document with a JSON patch applied, as github.com/evanphx/json-patch does it; what does not fit is the API server's refusal, which does not say why. Source: RFC 6902. */
export function applyJsonPatch(document: JsonObject, operations: readonly JsonObject[]): JsonObject {
  const patched = operations.reduce<Json>(applyOperation, document);
  if (!isJsonObject(patched)) throw refused();
  return patched;
}

const refused = (): StatusError =>
  new StatusError({ code: 422, reason: "Invalid", message: "the server rejected our request due to an error in our request", details: {} });

function applyOperation(document: Json, operation: JsonObject): Json {
  const path = parsePointer(operation["path"]);
  const value = operation["value"] ?? null;
  switch (operation["op"]) {
    case "add":
      return change(document, path, { put: value });
    case "replace":
      // In an object, what is not there is added.
      return change(document, path, { put: value, replace: true });
    case "remove":
      return change(document, path, {});
    case "test":
      if (!isDeepStrictEqual(find(document, path) ?? null, value)) throw refused();
      return document;
    case "copy":
      // A source that is not there is copied as null.
      return change(document, path, { put: find(document, parsePointer(operation["from"])) ?? null });
    case "move": {
      const from = parsePointer(operation["from"]);
      const moved = find(document, from);
      if (moved === undefined) throw refused();
      return change(change(document, from, {}), path, { put: moved });
    }
    default:
      throw refused();
  }
}

function parsePointer(pointer: Json | undefined): readonly string[] {
  if (typeof pointer !== "string" || (pointer !== "" && !pointer.startsWith("/"))) throw refused();
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function find(document: Json, path: readonly string[]): Json | undefined {
  let found: Json | undefined = document;
  for (const key of path) {
    if (Array.isArray(found)) found = /^\d+$/.test(key) ? found[Number(key)] : undefined;
    else found = isJsonObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return found;
}

/** Without `put`, removes what is there. */
type Change = { readonly put?: Json; readonly replace?: boolean };

function change(document: Json, path: readonly string[], { put, replace = false }: Change): Json {
  const [key, ...rest] = path;
  if (key === undefined) {
    if (put === undefined) throw refused();
    return put;
  }
  if (Array.isArray(document)) return changeList(document, path, { ...(put === undefined ? {} : { put }), replace });
  if (!isJsonObject(document)) throw refused();
  const inner = Object.hasOwn(document, key) ? document[key] : undefined;
  if (rest.length > 0) {
    if (inner === undefined) throw refused();
    return { ...document, [key]: change(inner, rest, { ...(put === undefined ? {} : { put }), replace }) };
  }
  if (put !== undefined) return { ...document, [key]: put };
  if (inner === undefined) throw refused();
  const { [key]: _, ...others } = document;
  return others;
}

function changeList(list: readonly Json[], [key = "", ...rest]: readonly string[], { put, replace = false }: Change): Json {
  const isAdded = rest.length === 0 && put !== undefined && !replace;
  const index = key === "-" && isAdded ? list.length : /^-?\d+$/.test(key) ? Number(key) : Number.NaN;
  const at = index < 0 ? index + list.length + (isAdded ? 1 : 0) : index;
  if (!(at >= 0 && at < list.length + (isAdded ? 1 : 0))) throw refused();
  if (isAdded) return list.toSpliced(at, 0, put);
  const inner = list[at] ?? null;
  if (rest.length > 0) return list.with(at, change(inner, rest, { ...(put === undefined ? {} : { put }), replace }));
  return put === undefined ? list.toSpliced(at, 1) : list.with(at, put);
}
