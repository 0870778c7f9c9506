import * as z from "zod";

/** What is taken in and what is left out; nothing in `only` means everything. */
const selection = z.object({ only: z.array(z.string()), except: z.array(z.string()) });
export type Selection = z.infer<typeof selection>;

/** Whose logs, and how much of each; scope is (`namespaces` or unhealthy, if `unhealthy`) and `labelSelector`. */
const logOptions = z.object({
  /** Names, with `*` for any characters. */
  namespaces: selection,
  /** Those of pods that are not well, whatever their namespace unless it is left out. */
  unhealthy: z.boolean(),
  labelSelector: z.string().optional(),
  /** `restarted`: also what a restarted container said before; `only`: nothing else, as Sonobuoy's Previous. */
  previous: z.enum(["none", "restarted", "only"]),
  sinceSeconds: z.int().positive().optional(),
  /** RFC 3339; not together with sinceSeconds. */
  sinceTime: z.string().optional(),
  timestamps: z.boolean(),
  tailLines: z.int().positive().optional(),
  /** Bytes of one container's log. */
  limitBytes: z.int().positive(),
});
export type LogOptions = z.infer<typeof logOptions>;

/** What a snapshot is to hold, how much of it at most, and how fast it may ask. */
export const snapshotOptionsSchema = z.object({
  /** Names, with `*` for any characters; kinds without a namespace are not touched by it. */
  namespaces: selection,
  /** `pods`, `Pod`, `deployments.apps`; case does not matter. */
  kinds: selection,
  /** API groups, with `*` for any characters; `core` is the one without a name. */
  groups: selection,
  /** Of objects of every kind. */
  labelSelector: z.string().optional(),
  /** Never with their data. */
  secrets: z.enum(["none", "metadata"]),
  /** Version, groups, health and metrics of the API server. */
  server: z.enum(["none", "version", "full"]),
  /** Each kubelet's configuration, health and usage. */
  kubelets: z.boolean(),
  /** direct: only at its own port, which takes rights that only read; proxy, which is meant where nothing is said: else through the API server, which takes nodes/proxy. */
  kubeletWay: z.enum(["direct", "proxy"]).optional(),
  /** None without it. */
  logs: logOptions.optional(),
  /** Bytes of everything, and of logs alone; objects of one kind. */
  maxBytes: z.int().positive(),
  maxLogBytes: z.int().positive(),
  maxObjectsPerKind: z.int().positive(),
  /** Of single kinds, named as in `kinds`; the full name goes before the short one. */
  maxObjectsOf: z.record(z.string(), z.int().nonnegative()).optional(),
  requestsPerSecond: z.number().positive(),
  /** After this long what has not come yet is left out. */
  maxSeconds: z.number().positive(),
});
export type SnapshotOptions = z.infer<typeof snapshotOptionsSchema>;
