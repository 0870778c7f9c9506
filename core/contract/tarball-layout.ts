import * as z from "zod";
import { privacyLevels } from "./privacy-levels.ts";

/** Paths inside a tarball (Sonobuoy's layout, design D6). `node` is a node's name or "global". */
export const tarballPaths = {
  manifest: "meta/manifest.json",
  status: "meta/status.json",
  index: "meta/index.ndjson",
  indexAt: "meta/index.at",
  info: "meta/info.json",
  config: "meta/config.json",
  queryTime: "meta/query-time.json",
  clusterHealth: "meta/clusterhealth.json",
  runLog: "meta/run.log",
  /** What the snapshot holds and what not: SnapshotCoverage. */
  snapshot: "meta/snapshot.json",
  /** The kinds that the API server knew: a list of SnapshotKind. */
  kinds: "meta/kinds.json",
  /** What was hidden where, by rule: RedactionReport. */
  redaction: "meta/redaction.json",
  serverVersion: "serverversion.json",
  serverGroups: "servergroups.json",
  definition: (plugin: string) => `plugins/${plugin}/definition.json`,
  resultTree: (plugin: string) => `plugins/${plugin}/sonobuoy_results.yaml`,
  results: (plugin: string, node: string) => `plugins/${plugin}/results/${node}`,
  error: (plugin: string, node: string) => `plugins/${plugin}/errors/${node}/error.json`,
  clusterResource: (fileName: string) => `resources/cluster/${fileName}.json`,
  namespaceResource: (namespace: string, fileName: string) => `resources/ns/${namespace}/${fileName}.json`,
  /** Facts of the API server: `readyz.txt`, `livez.txt`, `metrics.txt`. */
  serverFact: (fileName: string) => `server/${fileName}`,
  /** Facts of a node's kubelet: `configz.json`, `healthz.json`, `stats.json`. */
  hostFact: (node: string, fileName: string) => `hosts/${node}/${fileName}`,
  podLog: (namespace: string, pod: string, container: string) => `podlogs/${namespace}/${pod}/logs/${container}.txt`,
  /** What a restarted container said before. */
  previousPodLog: (namespace: string, pod: string, container: string) => `podlogs/${namespace}/${pod}/logs/${container}.previous.txt`,
  /** A snapshot taken before the plugins has its files below this when there is another one from after them. */
  before: "before/",
} as const;

/** First entry of a tarball: what was run, by which version, on what. */
export const manifestSchema = z.object({
  layoutVersion: z.literal(1),
  /** Only where it is no run's: what `asdic snapshot` took, without run id, namespace and plugins. */
  kind: z.literal("snapshot").optional(),
  tool: z.object({ name: z.literal("asdic"), version: z.string() }),
  runId: z.string(),
  namespace: z.string(),
  serverVersion: z.string(),
  startedAt: z.string(),
  /** The command line that asked for it, without what is secret in it. */
  command: z.string().optional(),
  /** The uid of the namespace kube-system, which stays as long as the cluster. */
  clusterUid: z.string().optional(),
  /** Of the run's own namespace. */
  namespaceUid: z.string().optional(),
  /** Of the whole cluster, where one was asked for; not redacted, it holds whatever people have written into objects and logs. */
  snapshot: z.object({ when: z.enum(["before", "after", "both"]), redacted: z.boolean() }).optional(),
  /** What was hidden: false where somebody said that nothing is to be; missing where an earlier version has written it. `userRules` is how many of the user's own there were. */
  redaction: z.union([z.literal(false), z.object({ privacy: z.enum(privacyLevels), userRules: z.int().nonnegative() })]).optional(),
  plugins: z.array(z.object({ name: z.string(), driver: z.enum(["Job", "DaemonSet"]), resultFormat: z.string(), image: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** A run error of one expected result, as Sonobuoy's error.json plus our code and hint. `evidence` is raw JSON. */
export const errorFileSchema = z.looseObject({
  error: z.string(),
  code: z.string().optional(),
  hint: z.string().optional(),
});
export type ErrorFile = z.infer<typeof errorFileSchema>;

/**
 * One line of meta/index.ndjson: which bytes of the .tar.gz to inflate (`offset` and `length`; raw deflate), how many bytes of what that gives stand before
 * the entry's tar header (`skip`), and `size` and `crc32` (in hex) of its content. Entries of one segment have its offset and length in common.
 */
export const indexLineSchema = z.object({
  name: z.string(),
  offset: z.int().nonnegative(),
  length: z.int().positive(),
  skip: z.int().nonnegative(),
  size: z.int().nonnegative(),
  crc32: z.string().regex(/^[0-9a-f]{8}$/),
});
export type IndexLine = z.infer<typeof indexLineSchema>;
