import type { Json } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import type { Api } from "../../../api/registry/api.ts";
import { typeOf } from "../../../objects/object-key.ts";

export type KeyedObject = { readonly kind: "ConfigMap" | "Secret"; readonly namespace: string; readonly name: string };

/** The keys of a ConfigMap or Secret with their bytes, in the keys' order; undefined when there is no such object. */
export function readKeys(api: Api, { kind, namespace, name }: KeyedObject): ReadonlyMap<string, Buffer> | undefined {
  const object = api.find({ type: typeOf(api, "v1", kind), namespace, name });
  if (object === undefined) return undefined;
  const texts = kind === "ConfigMap" ? entries(object["data"], "utf8") : entries(object["data"], "base64");
  const bytes = kind === "ConfigMap" ? entries(object["binaryData"], "base64") : [];
  return new Map([...texts, ...bytes].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

const entries = (data: Json | undefined, encoding: BufferEncoding): readonly (readonly [string, Buffer])[] =>
  isJsonObject(data) ? Object.entries(data).map(([key, value]) => [key, Buffer.from(String(value), encoding)] as const) : [];
