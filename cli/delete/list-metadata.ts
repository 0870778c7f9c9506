import type { Cluster } from "../../core/cluster/cluster.ts";
import { isJsonObject, type JsonObject } from "../../core/contract/json.ts";
import type { ObjectMeta } from "../../core/contract/kubernetes-object.ts";
import { readJson } from "../read-json.ts";
import type { Kind } from "./read-kinds.ts";

/** An object by its metadata alone, so that nobody's Secrets are read to see whose they are. */
export type Found = { readonly kind: Kind; readonly metadata: ObjectMeta };

export type MetadataQuery = { readonly kind: Kind; readonly namespace?: string | undefined; readonly labelSelector?: string; readonly signal: AbortSignal };

/** The metadata of all objects of a kind, in a namespace or the whole cluster; KnownError as `readJson`. */
export async function listMetadata(cluster: Cluster, { kind, namespace, labelSelector, signal }: MetadataQuery): Promise<readonly Found[]> {
  const root = kind.apiVersion.includes("/") ? `/apis/${kind.apiVersion}` : `/api/${kind.apiVersion}`;
  const path = `${root}${namespace === undefined ? "" : `/namespaces/${namespace}`}/${kind.plural}`;
  const found: Found[] = [];
  let next = "";
  do {
    const query = { limit: "500", ...(labelSelector !== undefined && { labelSelector }), ...(next !== "" && { continue: next }) };
    const page = await readJson(cluster, { path, query, what: `the list of ${kind.plural}`, accept: metadataOnly, signal });
    found.push(...parseItems(page).map((metadata) => ({ kind, metadata })));
    const proceed = isJsonObject(page["metadata"]) ? page["metadata"]["continue"] : undefined;
    next = typeof proceed === "string" ? proceed : "";
  } while (next !== "");
  return found;
}

const metadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

const parseItems = (page: JsonObject): readonly ObjectMeta[] =>
  (Array.isArray(page["items"]) ? page["items"].filter(isJsonObject) : []).flatMap((item) =>
    isJsonObject(item["metadata"]) && typeof item["metadata"]["name"] === "string" ? [item["metadata"] as ObjectMeta] : [],
  );
