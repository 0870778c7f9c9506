import type { Cluster } from "../../core/cluster/cluster.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/contract/json.ts";
import { readJson } from "../read-json.ts";

/** A kind of object that can be listed and deleted; `plural` is its name in paths. */
export type Kind = { readonly apiVersion: string; readonly kind: string; readonly plural: string; readonly namespaced: boolean };

/** Every kind of which somebody may have put objects somewhere, those of CustomResourceDefinitions included. */
export async function readKinds(cluster: Cluster, signal: AbortSignal): Promise<readonly Kind[]> {
  const answers = await Promise.all(["/api", "/apis"].map((path) => readJson(cluster, { path, what: "the list of kinds", accept: aggregated, signal })));
  return answers
    .flatMap((answer) => listOf(answer["items"]).flatMap(readGroup))
    .filter(({ apiVersion, plural }) => !madeUp.some((group) => apiVersion.startsWith(`${group}/`)) && !furniture.includes(plural));
}

/** One answer for all groups (Kubernetes 1.27 and newer have it in its first or its final form). */
const aggregated =
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

/** Kinds of these are other kinds in another form. */
const madeUp = ["metrics.k8s.io", "events.k8s.io", "custom.metrics.k8s.io", "external.metrics.k8s.io"];

/** The cluster itself keeps these about others, and removes them with those. */
const furniture = ["events", "endpoints", "endpointslices", "controllerrevisions"];

/** A group's versions are the same objects; the first is the preferred one. */
function readGroup(group: JsonObject): readonly Kind[] {
  const name = isJsonObject(group["metadata"]) ? group["metadata"]["name"] : undefined;
  const prefix = typeof name === "string" && name !== "" ? `${name}/` : "";
  const kinds = new Map<string, Kind>();
  for (const version of listOf(group["versions"]))
    for (const resource of listOf(version["resources"])) {
      const kind = readResource(resource, `${prefix}${String(version["version"])}`);
      if (kind !== undefined && !kinds.has(kind.plural)) kinds.set(kind.plural, kind);
    }
  return [...kinds.values()];
}

function readResource({ resource: plural, responseKind, scope, verbs }: JsonObject, apiVersion: string): Kind | undefined {
  const kind = isJsonObject(responseKind) ? responseKind["kind"] : undefined;
  if (typeof plural !== "string" || typeof kind !== "string" || !Array.isArray(verbs)) return undefined;
  return verbs.includes("list") && verbs.includes("delete") ? { apiVersion, kind, plural, namespaced: scope === "Namespaced" } : undefined;
}

const listOf = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);
