import type { JsonObject } from "../../core/contract/json.ts";
import { podPaths } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";

/** Where the plugin writes its results: Sonobuoy's fixed folder, unless its own environment names another. */
export function resultsDir({ container }: PluginDefinition): string {
  const named = (variable: string): string | undefined => {
    const entry = readEnvironment(container).find(({ name }) => name === variable);
    return typeof entry?.["value"] === "string" && entry["value"].startsWith("/") ? entry["value"] : undefined;
  };
  return named("SONOBUOY_RESULTS_DIR") ?? named("RESULTS_DIR") ?? podPaths.results;
}

/** The container with Sonobuoy's environment (reference §2.3) before its own entries, which win; ours only for asdic/v1. */
export function addEnvironment(container: JsonObject, definition: PluginDefinition, surroundings: Surroundings): JsonObject {
  const own = readEnvironment(container);
  const given = [...sonobuoyEnvironment(definition, surroundings), ...(definition.dialect === "asdic/v1" ? asdicEnvironment(surroundings.spec) : [])];
  return { ...container, env: [...given.filter(({ name }) => !own.some((entry) => entry["name"] === name)), ...own] };
}
export type Surroundings = { readonly spec: RunSpec; readonly progressPort: number };

const sonobuoyEnvironment = (definition: PluginDefinition, { spec, progressPort }: Surroundings): Variable[] => [
  { name: "SONOBUOY", value: "true" },
  { name: "SONOBUOY_K8S_VERSION", value: spec.kubernetesVersion ?? spec.serverVersion },
  { name: "SONOBUOY_RESULTS_DIR", value: resultsDir(definition) },
  { name: "RESULTS_DIR", value: resultsDir(definition) },
  { name: "SONOBUOY_CONFIG_DIR", value: podPaths.config },
  { name: "SONOBUOY_PROGRESS_PORT", value: String(progressPort) },
];

const asdicEnvironment = (spec: RunSpec): Variable[] => [
  { name: "ASDIC_NAMESPACE", value: spec.namespace },
  { name: "ASDIC_RUN_ID", value: spec.runId },
  { name: "ASDIC_IMAGE", value: spec.image },
  { name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
  { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
  { name: "POD_UID", valueFrom: { fieldRef: { fieldPath: "metadata.uid" } } },
];

type Variable = JsonObject & { readonly name: string };
const readEnvironment = (container: JsonObject): readonly JsonObject[] => (Array.isArray(container["env"]) ? container["env"] : []);
