import type { Json, JsonObject } from "../../contract/json.ts";
import { isJsonObject } from "../../contract/json.ts";
import { hidden } from "../names/is-harmless.ts";
import { count } from "../tally.ts";
import type { Tally } from "../tally.ts";

/** Whether an object is a Secret, or the ConfigMap in which Helm keeps a release with all its values. */
export const isSecretObject = (object: JsonObject): boolean =>
  (object["kind"] === "Secret" && (isJsonObject(object["data"]) || isJsonObject(object["stringData"]))) || isHelmRelease(object);

function isHelmRelease(object: JsonObject): boolean {
  const metadata = object["metadata"];
  const labels = isJsonObject(metadata) ? metadata["labels"] : undefined;
  return object["kind"] === "ConfigMap" && isJsonObject(labels) && labels["owner"] === "helm";
}

/** The object with its keys, and of each value only how many bytes it had, in the form that its type asks for; the same object if that was done before. */
export function hideSecretData(object: JsonObject, { place }: { readonly place: { readonly tally: Tally } }): JsonObject {
  let clean = object;
  for (const field of ["data", "stringData"] as const) {
    const data = object[field];
    if (!isJsonObject(data)) continue;
    const isText = field === "stringData" || object["kind"] === "ConfigMap";
    const open = Object.entries(data).filter(([key, value]) => value !== hideSecretValue(key, value, isText));
    if (open.length === 0) continue;
    count(place.tally, "secret-data", open.length);
    clean = { ...clean, [field]: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, hideSecretValue(key, value, isText)])) };
  }
  return clean;
}

/** What stands for a value of a Secret: how many bytes it had, as base64 unless it is text; the same value if that was done before. */
export function hideSecretValue(key: string, value: Json | undefined, isText: boolean): Json {
  const bytes = Buffer.from(typeof value === "string" ? value : "", isText ? "utf8" : "base64");
  if (typeof value === "string" && /^REDACTED \(\d+ bytes\)$/.test(bytes.toString())) return value;
  const plain = key === ".dockerconfigjson" ? '{"auths":{}}' : key === ".dockercfg" ? "{}" : `${hidden} (${bytes.length} bytes)`;
  return isText ? plain : Buffer.from(plain).toString("base64");
}
