/** What an API server knows of one kind of object, as discovery tells it. */
export type ResourceType = {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** In paths: "pods". */
  readonly plural: string;
  readonly singular: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** Below an object's path: "status", "log", "exec", "scale"… */
  readonly subresources: readonly string[];
  /** What clients may do: get, list, watch, create, update, patch, delete, deletecollection. Reviews have `create` alone and are never stored. */
  readonly verbs: readonly string[];
};

/** "v1" or "apps/v1". */
export const apiVersionOf = ({ group, version }: Pick<ResourceType, "group" | "version">): string => (group === "" ? version : `${group}/${version}`);

/** Group and version of an apiVersion. */
export function splitApiVersion(apiVersion: string): readonly [group: string, version: string] {
  const [group = "", version = ""] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  return [group, version];
}

/** "pods" or "deployments.apps": how messages and rights name it. */
export const qualifiedName = ({ group, plural }: ResourceType): string => (group === "" ? plural : `${plural}.${group}`);
