import type { JsonObject } from "../../../../core/contract/json.ts";
import type { ResourceType } from "../../resource-type.ts";
import { serverVersion } from "../server-version.ts";

/**
 * A document that names each type's paths and the options of their patches, without schemas: kubectl looks there whether the server knows `fieldValidation`,
 * and merges by its own knowledge of the types when it finds no schema.
 */
export function buildOpenapi(types: readonly ResourceType[], version: "2.0" | "3.0.0"): JsonObject {
  const info = { title: "Kubernetes", version: serverVersion.gitVersion };
  const paths = Object.fromEntries(types.filter(({ verbs }) => verbs.includes("patch")).map((type) => [pathOf(type), buildPath(type, version)]));
  if (version === "2.0") return { swagger: version, info, paths, definitions: {} };
  return { openapi: version, info, paths, components: { schemas: {} } };
}

function buildPath({ group, version: apiVersion, kind }: ResourceType, version: "2.0" | "3.0.0"): JsonObject {
  const type = version === "2.0" ? { type: "string", uniqueItems: true } : { schema: { type: "string", uniqueItems: true } };
  const parameters = ["dryRun", "fieldManager", "fieldValidation", "force"].map((name) => ({ name, in: "query", ...type }));
  return {
    patch: {
      "x-kubernetes-action": "patch",
      "x-kubernetes-group-version-kind": { group, kind, version: apiVersion },
      parameters,
      responses: { "200": { description: "OK" } },
    },
  };
}

function pathOf({ group, version, plural, namespaced }: ResourceType): string {
  const root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  return `${root}${namespaced ? "/namespaces/{namespace}" : ""}/${plural}/{name}`;
}
