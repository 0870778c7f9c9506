import { stringify } from "yaml";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";

/** A definition as the YAML file that means the same. */
export const renderPluginFile = (definition: PluginDefinition): string => renderYaml(buildPluginDocument(definition));

/** A definition as the document that means the same; what isn't set is undefined there. */
export function buildPluginDocument(definition: PluginDefinition): { readonly [field: string]: unknown } {
  const ours = definition.dialect === "asdic/v1";
  return {
    ...(ours ? { apiVersion: definition.dialect } : {}),
    "sonobuoy-config": {
      driver: definition.driver,
      "plugin-name": definition.name,
      "result-format": definition.resultFormat,
      "result-files": definition.resultFiles.length > 0 ? definition.resultFiles : undefined,
      "skip-cleanup": definition.skipCleanup || undefined,
      order: definition.order === 0 ? undefined : definition.order,
      description: definition.description,
      "source-url": definition.sourceUrl,
    },
    ...(ours
      ? {
          timeout: definition.timeoutSeconds,
          "early-cleanup": definition.earlyCleanup,
          permissions: definition.permissions,
          needs: definition.needs,
          secrets: definition.secrets,
        }
      : {}),
    spec: definition.container,
    podSpec: definition.podSpec,
    "extra-volumes": definition.extraVolumes.length > 0 ? definition.extraVolumes : undefined,
    "config-map": Object.keys(definition.configMap).length > 0 ? definition.configMap : undefined,
  };
}

/** YAML as Kubernetes' tools read it: what version 1.1 would take for something else than text is quoted. */
export const renderYaml = (value: unknown): string => stringify(value, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });
