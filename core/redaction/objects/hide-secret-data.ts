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

/** The object with its keys, and of each value only how many bytes it had, in the form that its type asks for. */
export function hideSecretData(object: JsonObject, { place }: { readonly place: { readonly tally: Tally } }): JsonObject {
  const isText = object["kind"] === "ConfigMap";
  const hide = (field: "data" | "stringData"): JsonObject => {
    const data = object[field];
    if (!isJsonObject(data)) return {};
    count(place.tally, "secret-data", Object.keys(data).length);
    return { [field]: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, hideValue(key, value, field === "stringData" || isText)])) };
  };
  return { ...object, ...hide("data"), ...hide("stringData") };
}

function hideValue(key: string, value: Json | undefined, isText: boolean): Json {
  const text = typeof value === "string" ? value : "";
  const bytes = Buffer.byteLength(text, isText ? "utf8" : "base64");
  const plain = key === ".dockerconfigjson" ? '{"auths":{}}' : key === ".dockercfg" ? "{}" : `${hidden} (${bytes} bytes)`;
  return isText ? plain : Buffer.from(text.startsWith(doneAlready) ? text : plain, text.startsWith(doneAlready) ? "base64" : "utf8").toString("base64");
}

const doneAlready = Buffer.from(`${hidden} `).toString("base64").slice(0, 12);
