/** Names and defaults that the laptop, the aggregator and the worker share (design D13). */

/** Labels: ours, and Sonobuoy's beside them so that its own commands find a run. */
export const labels = {
  run: "asdic.dev/run",
  plugin: "asdic.dev/plugin",
  role: "asdic.dev/role",
  /** On cluster-scoped objects: the run's namespace. */
  namespace: "asdic.dev/namespace",
  sonobuoyComponent: "component",
  sonobuoyRole: "sonobuoy-component",
  sonobuoyPlugin: "sonobuoy-plugin",
  sonobuoyRun: "sonobuoy-run",
} as const;

export const annotations = {
  node: "asdic.dev/node",
  status: "asdic.dev/status",
  sonobuoyStatus: "sonobuoy.hept.io/status",
  /** On the namespace, when a run made it: the run's id. */
  madeBy: "asdic.dev/made-by-run",
  /** On the aggregator's Lease, for the aggregator that comes after it: when the run began (ISO 8601). */
  runStarted: "asdic.dev/run-started",
  /** There too: that the tarball is made, as JSON. */
  sealed: "asdic.dev/sealed",
  /** There too: the results whose pods were removed before that, gzipped. */
  retired: "asdic.dev/retired",
  /** There too: which nodes results were expected of, gzipped. */
  expected: "asdic.dev/expected",
} as const;

/** Objects of a run, by name, in its namespace; cluster-scoped ones carry the namespace too. */
export const objectNames = {
  runConfigMap: "asdic-run",
  aggregator: "asdic-aggregator",
  service: "asdic-aggregator",
  lease: "asdic-aggregator",
  tlsSecret: "asdic-tls",
  tokenSecret: "asdic-token",
  /** Whose token kubelets are shown, which can do nothing but read them. */
  kubeletAccount: "asdic-kubelets",
  volumeClaim: "asdic-spool",
  sonobuoyAccount: "sonobuoy-serviceaccount",
  pluginConfigMap: (plugin: string) => `asdic-plugin-${plugin}`,
  pluginFilesConfigMap: (plugin: string) => `plugin-${plugin}-cm`,
  pluginAccount: (plugin: string) => `asdic-plugin-${plugin}`,
  pluginSecret: (plugin: string) => `asdic-plugin-${plugin}`,
  /** A colon can be in no namespace, so that no two runs share a name. */
  clusterRole: (namespace: string, role: string) => `asdic:${namespace}:${role}`,
} as const;

/** Of Secret asdic-token: people's key to the aggregator, and the key with which names became tokens, where some did. */
export const tokenSecretFields = { token: "token", tokenKey: "redaction-key" } as const;

/** Where things are inside the pods of a run. */
export const podPaths = {
  results: "/tmp/sonobuoy/results",
  config: "/tmp/sonobuoy/config",
  /** Of plugins with needs: <plugin>/<node>/…, the results of those that they need. */
  inputs: "/tmp/asdic/inputs",
  workerToken: "/var/run/secrets/asdic/token",
  runSpec: "/etc/asdic/run",
  plugins: "/etc/asdic/plugins",
  work: "/var/lib/asdic",
} as const;

export const ports = { aggregator: 8080, progress: 8099 } as const;

/** The name that the aggregator's certificate bears, whatever address it is reached by. */
export const serverName = "asdic-aggregator";

/** Header of people's requests to the aggregator: the API server's proxy drops Authorization. */
export const runTokenHeader = "x-asdic-token";

/** Audience of the tokens that workers show, so that no other token of theirs is accepted. */
export const workerAudience = (runId: string): string => `asdic-run-${runId}`;

/** Stands for "not a node" where Sonobuoy's paths and rows need one. */
export const globalNode = "global";

export const containerNames = { worker: "sonobuoy-worker", aggregator: "aggregator", inputs: "asdic-inputs" } as const;

/** Version of RunSpec and of what worker and aggregator say to each other; a different major is refused. */
export const wireVersion = "1.0";

/** The release of Sonobuoy whose layout our tarballs keep; its reader chooses its paths by it. */
export const sonobuoyLayoutVersion = "v0.57.5";

/** Numeric user of our own image (distroless nonroot). */
export const imageUser = 65_532;
