import { isJsonObject, type Json } from "../core/contract/json.ts";

/** The uid of the namespace kube-system in a list of namespaces, with or without the List around it; undefined where it isn't there. */
export function findClusterUid(list: Json | undefined): string | undefined {
  const items = isJsonObject(list) ? list["items"] : list;
  for (const item of Array.isArray(items) ? items : []) {
    const metadata = isJsonObject(item) ? item["metadata"] : undefined;
    if (isJsonObject(metadata) && metadata["name"] === "kube-system" && typeof metadata["uid"] === "string") return metadata["uid"];
  }
  return undefined;
}
