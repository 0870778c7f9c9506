import { createHash } from "node:crypto";
import type { JsonObject } from "../../../../core/contract/json.ts";
import type { ResourceType } from "../../resource-type.ts";
import { findSubresource } from "../subresources.ts";

/** What discovery tells of: all types, and the aggregated APIs whose server is away, with their version. */
export type DiscoveryView = { readonly types: readonly ResourceType[]; readonly broken: ReadonlyMap<string, string> };

export type Group = { readonly name: string; readonly versions: readonly string[] };

/** The groups in the order of the types, the core group's name empty; versions as the types have them. */
export function groupsOf({ types, broken }: DiscoveryView): readonly Group[] {
  const versions = new Map<string, Set<string>>();
  for (const { group, version } of types) versions.set(group, (versions.get(group) ?? new Set()).add(version));
  for (const [group, version] of broken) if (!versions.has(group)) versions.set(group, new Set([version]));
  return [...versions].map(([name, set]) => ({ name, versions: [...set] }));
}

/** The answer to /api. */
export const buildVersions = (serverAddress: string): JsonObject => ({
  kind: "APIVersions",
  versions: ["v1"],
  serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress }],
});

/** The answer to /apis. */
export const buildGroupList = (view: DiscoveryView): JsonObject => ({
  kind: "APIGroupList",
  apiVersion: "v1",
  groups: groupsOf(view)
    .filter(({ name }) => name !== "")
    .map(describe),
});

/** The answer to /apis/GROUP. */
export const buildGroup = (group: Group): JsonObject => ({ kind: "APIGroup", apiVersion: "v1", ...describe(group) });

/** The answer to /api/v1 and /apis/GROUP/VERSION. */
export function buildResourceList({ types }: DiscoveryView, group: string, version: string): JsonObject {
  const own = types.filter((type) => type.group === group && type.version === version);
  return {
    kind: "APIResourceList",
    ...(group === "" ? {} : { apiVersion: "v1" }),
    groupVersion: group === "" ? version : `${group}/${version}`,
    resources: sortTypes(own).flatMap((type) => [buildResource(type), ...subresourcesOf(type)]),
  };
}

/** By plural, as discovery lists them. */
export const sortTypes = (types: readonly ResourceType[]): readonly ResourceType[] => types.toSorted((a, b) => (a.plural < b.plural ? -1 : 1));

function buildResource(type: ResourceType): JsonObject {
  const { plural, singular, namespaced, kind, verbs, shortNames, categories } = type;
  return {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs: verbs.toSorted(),
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
    ...(verbs.includes("list") ? { storageVersionHash: hash(type) } : {}),
  };
}

function subresourcesOf(type: ResourceType): readonly JsonObject[] {
  return type.subresources.toSorted().flatMap((name) => {
    const subresource = findSubresource(type, name);
    if (!subresource) return [];
    const { kind, verbs } = subresource;
    const foreign = kind && (kind.group !== type.group || kind.version !== type.version) ? { group: kind.group, version: kind.version } : {};
    return [{ name: `${type.plural}/${name}`, singularName: "", namespaced: type.namespaced, ...foreign, kind: kind?.kind ?? type.kind, verbs }];
  });
}

function describe({ name, versions }: Group): JsonObject {
  const listed = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: listed, preferredVersion: listed[0] ?? null };
}

/** Clients compare it to see whether an object is stored otherwise than before. Source: k8s.io/apiserver, pkg/endpoints/discovery/storageversionhash.go. */
const hash = (type: ResourceType): string =>
  createHash("sha256").update(`${type.group}/${type.version}/${type.kind}`).digest().subarray(0, 8).toString("base64");
