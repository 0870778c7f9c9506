import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { annotations, objectNames } from "../../../core/contract/names.ts";
import type { PluginDefinition } from "../../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import type { RunPlan } from "../plan.ts";
import { planSecurityLevel, type SecurityLevel } from "../pod-security-level.ts";
import { aggregatorRights } from "./aggregator-rights.ts";
import { buildDeployment, buildLease, buildService } from "./aggregator.ts";
import { buildMetadata, buildRunLabels } from "./metadata.ts";
import { buildRights, type Rights } from "./rights.ts";
import { sonobuoyRights, type ServedResources } from "./sonobuoy-rights.ts";

/** All objects of a run, in groups: what is in a group needs nothing but the groups before it. */
export type RunObjects = {
  /** Left out where the namespace is there already. */
  readonly namespace: KubernetesObject;
  /** ConfigMap asdic-run: whoever creates it has the namespace. */
  readonly lock: KubernetesObject;
  readonly parts: readonly KubernetesObject[];
  readonly aggregator: KubernetesObject;
};

export type BuildInput = RunPlan & {
  readonly served: ServedResources;
  /** People's key to the aggregator, in hex. */
  readonly token: string;
};

/** The objects that make a run happen; the cluster does the rest. */
export function buildRunObjects({ spec, definitions, served, token }: BuildInput): RunObjects {
  const encodedToken = Buffer.from(token).toString("base64");
  return {
    namespace: buildNamespace(spec, planSecurityLevel(definitions).level),
    lock: { apiVersion: "v1", kind: "ConfigMap", metadata: buildMetadata(spec, objectNames.runConfigMap), data: { "spec.json": JSON.stringify(spec) } },
    parts: [
      ...[aggregatorRights, ...planPluginRights(spec, definitions, served)].flatMap((rights) => buildRights(spec, rights)),
      ...definitions.flatMap((definition) => buildPluginConfigMaps(spec, definition)),
      { apiVersion: "v1", kind: "Secret", metadata: buildMetadata(spec, objectNames.tokenSecret), type: "Opaque", data: { token: encodedToken } },
      { apiVersion: "v1", kind: "Secret", metadata: buildMetadata(spec, objectNames.tlsSecret), type: "Opaque" },
      buildService(spec),
      buildLease(spec),
    ],
    aggregator: buildDeployment(spec),
  };
}

const buildNamespace = (spec: RunSpec, level: SecurityLevel): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: {
    name: spec.namespace,
    labels: { ...buildRunLabels(spec), [enforceLabel]: level },
    annotations: { [annotations.madeBy]: spec.runId },
  },
});

/** The label by which a namespace says which pods it admits. */
export const enforceLabel = "pod-security.kubernetes.io/enforce";

/** An account of its own for each of our plugins, and one for all of Sonobuoy's. */
function planPluginRights({ permissions }: RunSpec, definitions: readonly PluginDefinition[], served: ServedResources): readonly Rights[] {
  const ours = definitions.filter(({ dialect }) => dialect === "asdic/v1");
  return [
    ...(ours.length < definitions.length ? [sonobuoyRights(permissions, served)] : []),
    ...ours.map(({ name, permissions: own }) => ({
      account: objectNames.pluginAccount(name),
      role: `plugin-${name}`,
      token: "asked-for" as const,
      namespace: own?.namespace ?? [],
      cluster: own?.cluster ?? [],
    })),
  ];
}

const buildPluginConfigMaps = (spec: RunSpec, definition: PluginDefinition): readonly KubernetesObject[] => [
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: buildMetadata(spec, objectNames.pluginConfigMap(definition.name)),
    data: { "definition.json": JSON.stringify(definition) },
  },
  ...(Object.keys(definition.configMap).length === 0
    ? []
    : [{ apiVersion: "v1", kind: "ConfigMap", metadata: buildMetadata(spec, objectNames.pluginFilesConfigMap(definition.name)), data: definition.configMap }]),
];
