import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { PluginStatus, RunSummary } from "../../core/contract/run-status.ts";
import { parseResources } from "../../cli/run/options/aggregator-resources.ts";
import type { WholePlan } from "../../cli/run/plan.ts";

/** A plain plugin of Sonobuoy's, with what a test says instead. */
export const definition = (own: Partial<PluginDefinition> = {}): PluginDefinition => ({
  dialect: "sonobuoy",
  name: "plain",
  driver: "Job",
  resultFormat: "raw",
  resultFiles: [],
  skipCleanup: false,
  order: 0,
  container: { name: "plain", image: "x" },
  extraVolumes: [],
  configMap: {},
  ...own,
});

/** What a run of these plugins is planned to be. */
export const runPlan = (definitions: readonly PluginDefinition[], own: Partial<WholePlan["spec"]> = {}): WholePlan => ({
  definitions,
  setup: {
    aggregator: { variables: [], resources: parseResources("--aggregator-resources", [], (step) => step()) },
    isAccountThere: false,
    makesRoles: true,
    pullSecrets: [],
    pluginSecrets: [],
    sshKey: undefined,
  },
  spec: {
    wireVersion: "1.0",
    runId: "abcd1234",
    namespace: "asdic",
    toolVersion: "1.2.3",
    serverVersion: "v1.36.3",
    image: "ghcr.io/asdic/asdic:v1.2.3",
    imagePullPolicy: "IfNotPresent",
    plugins: definitions.map(({ name }) => name),
    nodeSelector: {},
    permissions: "read",
    redaction: { privacy: "off" },
    runTimeoutSeconds: 21_600,
    pluginTimeoutSeconds: 3600,
    maxResultBytes: 4_294_967_296,
    ...own,
  },
});

export const plugin = (own: Partial<PluginStatus> = {}): PluginStatus => ({ name: "smoke", driver: "Job", expected: 1, states: { running: 1 }, ...own });

/** A run that began at 03:04:05. */
export const summary = (own: Partial<RunSummary> = {}): RunSummary => ({
  runId: "abcd1234",
  namespace: "asdic",
  toolVersion: "1.2.3",
  phase: "running",
  startedAt: "2026-01-02T03:04:05.000Z",
  updatedAt: "2026-01-02T03:04:06.000Z",
  plugins: [plugin()],
  problems: [],
  problemCount: 0,
  ...own,
});
