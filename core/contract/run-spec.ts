import * as z from "zod";

/** What a run is to do: made by the CLI, kept in ConfigMap asdic-run, read by the aggregator. Durations in seconds, sizes in bytes. */
export const runSpecSchema = z.object({
  wireVersion: z.string(),
  runId: z.string().regex(/^[a-z0-9]{8}$/),
  namespace: z.string(),
  toolVersion: z.string(),
  /** As the server says it, e.g. v1.36.3; fills $SONOBUOY_K8S_VERSION. */
  serverVersion: z.string(),
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
  runTimeoutSeconds: z.number(),
  pluginTimeoutSeconds: z.number(),
  maxResultBytes: z.number(),
  createdAt: z.string(),
});
export type RunSpec = z.infer<typeof runSpecSchema>;

/** Time-outs and limits where nothing else is said (design D13). */
export const runDefaults = {
  runTimeoutSeconds: 6 * 3600,
  pluginTimeoutSeconds: 3600,
  maxResultBytes: 4 * 1024 ** 3,
} as const;
