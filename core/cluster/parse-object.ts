import { isJsonObject } from "../contract/json.ts";
import type { KubernetesObject } from "../contract/kubernetes-object.ts";

/** Raw JSON as an object with apiVersion, kind (those given where it says none) and metadata; undefined when it is none. */
export function parseObject(value: unknown, type: { readonly apiVersion: string; readonly kind: string }): KubernetesObject | undefined {
  if (!isJsonObject(value)) return undefined;
  const { apiVersion = type.apiVersion, kind = type.kind, metadata, ...rest } = value;
  const named = isJsonObject(metadata) ? metadata : {};
  return { apiVersion, kind, metadata: { ...named, name: typeof named["name"] === "string" ? named["name"] : "" }, ...rest } as unknown as KubernetesObject;
}
