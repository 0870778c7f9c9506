import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { annotations, objectNames } from "../../../core/contract/names.ts";
import type { PluginDefinition, PolicyRule } from "../../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import type { WholePlan } from "../plan.ts";
import { buildSuiteSecrets } from "../conformance/build-suite-secrets.ts";
import { chooseSecurityLevel, type SecurityLevel } from "../pod-security-level.ts";
import type { PullSecret } from "../read-pull-secrets.ts";
import { aggregatorRights } from "./aggregator-rights.ts";
import { buildDeployment, buildLease, buildService } from "./aggregator.ts";
import { buildMetadata, buildRunLabels } from "./metadata.ts";
import { buildPluginSecret } from "./plugin-secret.ts";
import { buildRights, type Rights } from "./rights.ts";
import type { ServedResources } from "./read-rules.ts";
import { buildSnapshotRules, planKubeletRights } from "./snapshot-rights.ts";
import { sonobuoyRights } from "./sonobuoy-rights.ts";
import { buildVolumeClaim } from "./volume-claim.ts";

/** All objects of a run, in groups: what is in a group needs nothing but the groups before it. */
export type RunObjects = {
  /** Left out where the namespace is there already. */
  readonly namespace: KubernetesObject;
  /** ConfigMap asdic-run: whoever creates it has the namespace. */
  readonly lock: KubernetesObject;
  readonly parts: readonly KubernetesObject[];
  readonly aggregator: KubernetesObject;
};

export type BuildInput = WholePlan & {
  readonly served: ServedResources;
};

/** The objects that make a run happen; the cluster does the rest. What says what the run is can't be changed once it is there, by whoever applies a manifest. */
export function buildRunObjects({ spec, definitions, setup, served }: BuildInput): RunObjects {
  return {
    namespace: buildNamespace(spec, chooseSecurityLevel(definitions, { ...spec, setup })),
    lock: {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: buildMetadata(spec, objectNames.runConfigMap),
      immutable: true,
      data: { "spec.json": JSON.stringify(spec) },
    },
    parts: [
      ...[...planAggregatorRights(spec, served), ...planPluginRights({ spec, definitions, served, setup })].flatMap((rights) =>
        buildRights(spec, rights, setup),
      ),
      ...definitions.flatMap((definition) => buildPluginConfigMaps(spec, definition)),
      // The aggregator fills both, so that no manifest holds a secret of the run.
      ...[objectNames.tokenSecret, objectNames.tlsSecret].map((name) => ({
        apiVersion: "v1",
        kind: "Secret",
        metadata: buildMetadata(spec, name),
        type: "Opaque",
      })),
      ...setup.pullSecrets.map((secret) => buildPullSecret(spec, secret)),
      ...setup.pluginSecrets.map((values) => buildPluginSecret(spec, values)),
      ...buildSuiteSecrets(spec, setup),
      ...(setup.aggregator.storage === undefined ? [] : [buildVolumeClaim(spec, setup.aggregator.storage)]),
      buildService(spec),
      buildLease(spec),
    ],
    aggregator: buildDeployment(spec, setup.aggregator),
  };
}

/** The namespace, at the Pod Security level that the plugins need, and marked as the run's own. */
export const buildNamespace = (spec: RunSpec, level: SecurityLevel): KubernetesObject => ({
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

/** With what a snapshot of the whole cluster takes, where one is wanted. */
function planAggregatorRights({ snapshot }: RunSpec, served: ServedResources): readonly Rights[] {
  if (!snapshot) return [aggregatorRights];
  const kubelets = planKubeletRights(snapshot.options);
  return [
    {
      ...aggregatorRights,
      namespace: [...aggregatorRights.namespace, ...kubelets.map(({ account }) => mayBecome(account))],
      cluster: [...aggregatorRights.cluster, ...buildSnapshotRules(snapshot.options, served)],
    },
    ...kubelets,
  ];
}

const mayBecome = (account: string): PolicyRule => ({ apiGroups: [""], resources: ["serviceaccounts/token"], resourceNames: [account], verbs: ["create"] });

/** An account of its own for each of our plugins, and one for all of Sonobuoy's. */
function planPluginRights({ spec, definitions, served, setup }: BuildInput): readonly Rights[] {
  const ours = definitions.filter(({ dialect }) => dialect === "asdic/v1");
  return [
    ...(ours.length < definitions.length ? [{ ...sonobuoyRights(spec, served), isAccountThere: setup.isAccountThere }] : []),
    ...ours.map(({ name, permissions: own }) => ({
      account: objectNames.pluginAccount(name),
      role: `plugin-${name}`,
      token: "asked-for" as const,
      namespace: own?.namespace ?? [],
      cluster: own?.cluster ?? [],
    })),
  ];
}

const buildPullSecret = (spec: RunSpec, { name, dockerConfig }: PullSecret): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: buildMetadata(spec, name),
  type: "kubernetes.io/dockerconfigjson",
  data: { ".dockerconfigjson": Buffer.from(dockerConfig).toString("base64") },
});

const buildPluginConfigMaps = (spec: RunSpec, definition: PluginDefinition): readonly KubernetesObject[] => [
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: buildMetadata(spec, objectNames.pluginConfigMap(definition.name)),
    immutable: true,
    data: { "definition.json": JSON.stringify(definition) },
  },
  ...(Object.keys(definition.configMap).length === 0
    ? []
    : [
        {
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: buildMetadata(spec, objectNames.pluginFilesConfigMap(definition.name)),
          immutable: true,
          data: definition.configMap,
        },
      ]),
];
