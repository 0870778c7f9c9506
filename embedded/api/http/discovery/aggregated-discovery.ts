import type { JsonObject } from "../../../../core/contract/json.ts";
import type { ResourceType } from "../../resource-type.ts";
import { parseClauses } from "../negotiate.ts";
import { findSubresource } from "../subresources.ts";
import type { DiscoveryView } from "./discovery.ts";
import { groupsOf, sortTypes } from "./discovery.ts";

const contentType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/** Whether a client asks for all of discovery in one answer, before anything else. */
export function wantsAggregated(accept: string | undefined): boolean {
  const [best] = parseClauses(accept ?? "").filter(({ type }) => ["application/json", "application/*", "*/*"].includes(type));
  const parameters = best?.parameters;
  return parameters?.get("as") === "APIGroupDiscoveryList" && parameters.get("g") === "apidiscovery.k8s.io" && parameters.get("v") === "v2";
}

/** The answer to /api or /apis as one apidiscovery.k8s.io/v2 APIGroupDiscoveryList. */
export function buildAggregatedDiscovery(view: DiscoveryView, root: "api" | "apis"): { readonly body: JsonObject; readonly contentType: string } {
  const items = groupsOf(view)
    .filter(({ name }) => (name === "") === (root === "api"))
    .map(({ name, versions }): JsonObject => ({
      metadata: name === "" ? {} : { name },
      versions: versions.map((version): JsonObject => {
        if (view.broken.has(name)) return { version, freshness: "Stale" };
        const types = view.types.filter((type) => type.group === name && type.version === version);
        return { version, resources: sortTypes(types).map(buildResource), freshness: "Current" };
      }),
    }));
  return { body: { kind: "APIGroupDiscoveryList", apiVersion: "apidiscovery.k8s.io/v2", metadata: {}, items }, contentType };
}

function buildResource(type: ResourceType): JsonObject {
  const { plural, singular, namespaced, kind, verbs, shortNames, categories } = type;
  const subresources = type.subresources.toSorted().flatMap((name) => buildSubresource(type, name));
  return {
    resource: plural,
    responseKind: own(kind),
    scope: namespaced ? "Namespaced" : "Cluster",
    singularResource: singular,
    verbs: verbs.toSorted(),
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
    ...(subresources.length > 0 ? { subresources } : {}),
  };
}

function buildSubresource(type: ResourceType, name: string): readonly JsonObject[] {
  const subresource = findSubresource(type, name);
  if (!subresource) return [];
  const { kind, verbs } = subresource;
  const isForeign = kind !== undefined && (kind.group !== type.group || kind.version !== type.version);
  return [{ subresource: name, responseKind: isForeign ? kind : own(kind?.kind ?? type.kind), verbs }];
}

/** The real server leaves group and version empty where they are those of the list. */
const own = (kind: string): JsonObject => ({ group: "", version: "", kind });
