import * as z from "zod";
import { redactionOptionsSchema } from "./redaction-options.ts";
import { snapshotOptionsSchema } from "./snapshot-options.ts";

const toleration = z.object({ key: z.string().optional(), operator: z.enum(["Exists", "Equal"]), value: z.string().optional(), effect: z.string().optional() });

/** What a run is to do: made by the CLI, kept in ConfigMap asdic-run, read by the aggregator. Durations in seconds, sizes in bytes. */
export const runSpecSchema = z.object({
  wireVersion: z.string(),
  runId: z.string().regex(/^[a-z0-9]{8}$/),
  namespace: z.string(),
  toolVersion: z.string(),
  /** The command line that asked for it, without what is secret in it. */
  command: z.string().optional(),
  /** As the server says it, e.g. v1.36.3. */
  serverVersion: z.string(),
  /** What plugins are told instead, and what fills $SONOBUOY_K8S_VERSION: another release, or the server's without what its distribution has added. */
  kubernetesVersion: z.string().optional(),
  /** The image of aggregator, worker and built-in plugins. */
  image: z.string(),
  imagePullPolicy: z.enum(["Always", "IfNotPresent", "Never"]),
  /** Names, in the order given; each has a ConfigMap asdic-plugin-<name>. */
  plugins: z.array(z.string()),
  /** Nodes that the run's pods may use; empty means all. */
  nodeSelector: z.record(z.string(), z.string()),
  permissions: z.enum(["none", "read", "admin"]),
  /** Of the aggregator's pod, and of plugins' whose file names none. */
  priorityClass: z.string().optional(),
  /** Of plugins of Sonobuoy's; without it the account that the run makes under Sonobuoy's name. */
  serviceAccount: z.string().optional(),
  /** Of the aggregator's pod, and of plugins' whose file has no podSpec. */
  tolerations: z.array(toleration).optional(),
  /** Of every pod of the run. */
  podAnnotations: z.record(z.string(), z.string()).optional(),
  /** Names of Secrets in the run's namespace, for every pod of the run. */
  imagePullSecrets: z.array(z.string()).optional(),
  /** "none" leaves user and privileges of aggregator and worker to the cluster, e.g. to OpenShift's constraints; without it they are never root's. */
  securityContextMode: z.literal("none").optional(),
  /** How many nodes plugins may use at the same time; without it all. */
  maxNodesAtOnce: z.int().positive().optional(),
  /** Whether what the aggregator has accepted outlives its pod. */
  hasVolume: z.literal(true).optional(),
  /** Of the whole cluster, before the plugins, after them, or both; without it nodes, pods and events are looked at after them. */
  snapshot: z.object({ when: z.enum(["before", "after", "both"]), options: snapshotOptionsSchema }).optional(),
  redaction: redactionOptionsSchema.default({ privacy: "off" }),
  runTimeoutSeconds: z.number(),
  pluginTimeoutSeconds: z.number(),
  maxResultBytes: z.number(),
});
export type RunSpec = z.infer<typeof runSpecSchema>;
export type Toleration = z.infer<typeof toleration>;

/** Time-outs and limits where nothing else is said (design D13). */
export const runDefaults = {
  runTimeoutSeconds: 6 * 3600,
  pluginTimeoutSeconds: 3600,
  maxResultBytes: 4 * 1024 ** 3,
} as const;
