import { wireVersion } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { runDefaults, type RunSpec } from "../../core/contract/run-spec.ts";
import type { VariableChange } from "../plugins/override.ts";
import { checkCredentialsVersion } from "./conformance/check-credentials-version.ts";
import { planKubernetesVersion } from "./conformance/plan-kubernetes-version.ts";
import type { Resources } from "./options/aggregator-resources.ts";
import type { Storage } from "./options/large-clusters.ts";
import type { RunOptions } from "./options.ts";
import type { SecurityLevel } from "./pod-security-level.ts";
import type { PluginSecretValues } from "./read-plugin-secrets.ts";
import type { PullSecret } from "./read-pull-secrets.ts";

export type RunPlan = { readonly spec: RunSpec; readonly definitions: readonly PluginDefinition[] };

/** A plan with all that its objects are made from. */
export type WholePlan = RunPlan & { readonly setup: RunSetup };

/** What of a run its objects alone show. */
export type RunSetup = {
  readonly aggregator: {
    readonly variables: readonly VariableChange[];
    /** Instead of the run's. */
    readonly nodeSelector?: Readonly<Record<string, string>> | undefined;
    readonly resources: Resources;
    /** Without one what it has accepted goes with its pod. */
    readonly storage?: Storage | undefined;
  };
  /** Of the namespace; without it the strictest level that admits all pods. */
  readonly podSecurity?: SecurityLevel | undefined;
  /** Whether the account of Sonobuoy's plugins is somebody else's. */
  readonly isAccountThere: boolean;
  /** Whether roles and bindings are the run's business. */
  readonly makesRoles: boolean;
  /** Those that the run makes. */
  readonly pullSecrets: readonly PullSecret[];
  /** Of the plugins that have some. */
  readonly pluginSecrets: readonly PluginSecretValues[];
  /** With which the conformance suite logs in to nodes. */
  readonly sshKey: string | undefined;
};

export type PlanInput = {
  readonly options: RunOptions;
  readonly definitions: readonly PluginDefinition[];
  /** Variables of the aggregator. */
  readonly aggregator: readonly VariableChange[];
  readonly pullSecrets: readonly PullSecret[];
  readonly pluginSecrets: readonly PluginSecretValues[];
  readonly sshKey: string | undefined;
  /** The text of the user's rules. */
  readonly redactionRules: string | undefined;
  readonly runId: string;
  readonly toolVersion: string;
  /** How it was asked for; without it by a manifest. */
  readonly command?: string | undefined;
  /** As the server says it, e.g. v1.36.3. */
  readonly serverVersion: string;
};

/** What is to be done in the cluster, decided to the last value. */
export function planRun(input: PlanInput): WholePlan {
  const { options, definitions, aggregator, pullSecrets, pluginSecrets, sshKey, redactionRules, toolVersion, serverVersion, runId } = input;
  const { namespace, image, imagePullPolicy, nodeSelector, permissions, runTimeoutSeconds, maxResultBytes, setup } = options;
  const kubernetesVersion = planKubernetesVersion({ wanted: options.kubernetesVersion, serverVersion, definitions });
  if (options.suite?.registryCredentials !== undefined) checkCredentialsVersion(kubernetesVersion ?? serverVersion);
  return {
    definitions,
    setup: { ...setup, aggregator: { ...setup.aggregator, variables: aggregator }, pullSecrets, pluginSecrets, sshKey },
    spec: {
      wireVersion,
      runId,
      namespace,
      toolVersion,
      ...(input.command !== undefined && { command: input.command }),
      serverVersion,
      ...(kubernetesVersion !== undefined && { kubernetesVersion }),
      image,
      imagePullPolicy,
      plugins: definitions.map(({ name }) => name),
      nodeSelector,
      permissions,
      ...pickGiven(options),
      redaction: options.redaction && { privacy: options.redaction.privacy, ...(redactionRules !== undefined && { rules: redactionRules }) },
      runTimeoutSeconds,
      pluginTimeoutSeconds: runDefaults.pluginTimeoutSeconds,
      maxResultBytes,
    },
  };
}

/** What a run has only if it was asked for. */
function pickGiven(options: RunOptions): Partial<RunSpec> {
  const { priorityClass, serviceAccount, tolerations, podAnnotations, pullSecrets, securityContextMode, maxNodesAtOnce, snapshot, setup } = options;
  return {
    ...(snapshot !== undefined && { snapshot }),
    ...(priorityClass !== undefined && { priorityClass }),
    ...(serviceAccount !== undefined && { serviceAccount }),
    ...(tolerations !== undefined && { tolerations }),
    ...(podAnnotations !== undefined && { podAnnotations }),
    ...(pullSecrets.length > 0 && { imagePullSecrets: pullSecrets.map(({ name }) => name) }),
    ...(securityContextMode !== undefined && { securityContextMode }),
    ...(maxNodesAtOnce !== undefined && { maxNodesAtOnce }),
    ...(setup.aggregator.storage !== undefined && { hasVolume: true }),
  };
}
