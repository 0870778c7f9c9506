import { KnownError } from "../../core/contract/known-error.ts";
import { runDefaults, type RunSpec } from "../../core/contract/run-spec.ts";
import type { Overrides } from "../plugins/override.ts";
import { parsePreflight, type PreflightOptions } from "../preflight/parse-preflight.ts";
import type { Mirror } from "./mirror-image.ts";
import { suitePullSecrets, type SuiteRequest } from "./conformance/suite-request.ts";
import type { ConfigFileFlags } from "./options/config-file.ts";
import { describeSuiteImage, parseConformance, suiteNames, type ConformanceFlags } from "./options/conformance.ts";
import { parseImages, type ImageFlags, type PullSecretRequest } from "./options/image.ts";
import { parseKubernetesVersion, type KubernetesVersion, type KubernetesVersionFlags } from "./options/kubernetes-version.ts";
import { parseLargeCluster, type LargeClusterFlags } from "./options/large-clusters.ts";
import { parseLimits, type LimitFlags } from "./options/limits.ts";
import { parseNamespace } from "./options/namespace.ts";
import { parsePlacement, type PlacementFlags } from "./options/placement.ts";
import type { PluginFlags } from "./options/plugins.ts";
import { parsePods, type PodFlags } from "./options/pods.ts";
import type { PreflightFlags } from "./options/preflight.ts";
import { nothingHidden, parseRedaction, type RedactionFlags, type RedactionRequest } from "./options/redaction.ts";
import { parseRights, type RightsFlags, type RunRights } from "./options/rights.ts";
import { parseSecrets, type SecretFlags, type SecretRequest } from "./options/secrets.ts";
import { parseSnapshot, type SnapshotFlags } from "./options/snapshot.ts";
import type { RunSetup } from "./plan.ts";
import type { Attempt } from "./problems.ts";

/** What a person wants of a run, validated. */
export type RunOptions = Pick<
  RunSpec,
  | "namespace"
  | "image"
  | "imagePullPolicy"
  | "nodeSelector"
  | "permissions"
  | "priorityClass"
  | "serviceAccount"
  | "tolerations"
  | "podAnnotations"
  | "securityContextMode"
  | "maxNodesAtOnce"
  | "snapshot"
  | "runTimeoutSeconds"
  | "maxResultBytes"
> & {
  readonly plugins: readonly string[];
  readonly overrides: Overrides;
  readonly showsDefaultPodSpec: boolean;
  readonly suite: SuiteRequest | undefined;
  readonly kubernetesVersion: KubernetesVersion;
  readonly mirrors: readonly Mirror[];
  /** Whether the plugins' images have asdic's own pull policy. */
  readonly isPolicyForced: boolean;
  readonly redaction: RedactionRequest;
  readonly pullSecrets: readonly PullSecretRequest[];
  readonly secrets: readonly SecretRequest[];
  readonly setup: Omit<RunSetup, "aggregator" | "pullSecrets" | "pluginSecrets" | "sshKey"> & {
    readonly aggregator: Omit<RunSetup["aggregator"], "variables">;
  };
  readonly preflight: PreflightOptions;
  /** What a person should know of the flags, a sentence each. */
  readonly notes: readonly string[];
};

/** Flags of `asdic run` that say what the run is, as commander gives them; each group says its own. */
export type RunFlags = PluginFlags &
  SecretFlags &
  ConfigFileFlags &
  ConformanceFlags &
  KubernetesVersionFlags &
  SnapshotFlags &
  RedactionFlags &
  LimitFlags &
  LargeClusterFlags &
  ImageFlags &
  RightsFlags &
  PodFlags &
  PlacementFlags &
  PreflightFlags & { readonly namespace: string };

/** What the options depend on besides the flags. */
type OptionFacts = { readonly toolVersion: string; readonly environment: NodeJS.ProcessEnv };

/** The flags as options, with defaults (design D13); for what can't be `attempt` is told, and the default stands. */
export function parseRunOptions(flags: RunFlags, { toolVersion, environment }: OptionFacts, attempt: Attempt): RunOptions {
  const plugins = flags.plugin ?? defaultPlugins;
  const rights = parseRights(flags, attempt);
  const suite = parseConformance(flags, attempt);
  attempt(() => checkSuiteRights(plugins, rights));
  const { aggregatorNodeSelector, ...placement } = parsePlacement(flags, attempt);
  const { podSecurity, ...pods } = parsePods(flags, attempt);
  const redaction = parseRedaction(flags, attempt);
  const images = parseImages(flags, environment["ASDIC_IMAGE"] || `ghcr.io/asdic/asdic:v${toolVersion}`, attempt);
  const { runTimeoutSeconds, maxResultBytes, aggregatorResources } = parseLimits(flags, attempt);
  const { storage, ...waves } = parseLargeCluster(flags, attempt);
  return {
    plugins,
    overrides: { variables: flags.pluginEnv ?? [], images: flags.pluginImage ?? [], timeouts: flags.pluginTimeout ?? [] },
    showsDefaultPodSpec: flags.showDefaultPodspec === true,
    secrets: parseSecrets(flags, attempt),
    suite,
    kubernetesVersion: attempt(() => parseKubernetesVersion(flags)) ?? "auto",
    namespace: attempt(() => parseNamespace(flags.namespace)) ?? flags.namespace,
    ...images,
    pullSecrets: [...images.pullSecrets, ...suitePullSecrets(suite)],
    ...placement,
    ...pods,
    ...waves,
    permissions: rights.permissions,
    serviceAccount: rights.serviceAccount,
    snapshot: parseSnapshot(flags, attempt),
    redaction,
    runTimeoutSeconds: runTimeoutSeconds ?? runDefaults.runTimeoutSeconds,
    maxResultBytes: maxResultBytes ?? runDefaults.maxResultBytes,
    setup: {
      aggregator: { nodeSelector: aggregatorNodeSelector, resources: aggregatorResources, storage },
      podSecurity,
      isAccountThere: rights.isAccountThere,
      makesRoles: rights.makesRoles,
    },
    preflight: parsePreflight(flags, attempt),
    notes: [
      ...(redaction === false ? [nothingHidden] : []),
      ...(flags.snapshot === undefined ? [] : [unredacted]),
      ...rights.notes,
      ...describeSuiteImage(flags),
    ],
  };
}

const unredacted = "--snapshot: the tarball will hold the whole cluster's objects and logs as they are, with nothing redacted.";

const defaultPlugins = ["node-facts", "smoke"];

function checkSuiteRights(plugins: readonly string[], { permissions, makesRoles }: RunRights): void {
  const suite = plugins.find(isSuite);
  if (suite === undefined || permissions === "admin" || !makesRoles) return;
  throw new KnownError("wrong-usage", `The plugin ${suite} needs admin rights in the whole cluster, which must be given by --permissions admin.`, {
    hint: `If that is what you want: asdic run -p ${suite} --permissions admin`,
  });
}

const isSuite = (name: string): boolean => suiteNames.includes(name);
