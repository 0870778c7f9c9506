import type { JsonObject } from "../core/contract/json.ts";
import type { ResultItem } from "../core/contract/result-item.ts";
import type { RunStatus } from "../core/contract/run-status.ts";
import type { SnapshotCoverage } from "../core/contract/snapshot-coverage.ts";
import type { ErrorFile, Manifest } from "../core/contract/tarball-layout.ts";

/** What a run's tarball says, apart from its files: asdic's own (with manifest and status) or Sonobuoy's (without). */
export type Run = {
  readonly path: string;
  readonly manifest?: Manifest;
  readonly status?: RunStatus;
  /** Version in meta/config.json: of Sonobuoy, or of the layout that ours keeps. */
  readonly layoutVersion?: string;
  /** As the API server said it, e.g. v1.36.3. */
  readonly serverVersion?: string;
  /** Of the namespace kube-system, which stays as long as the cluster. */
  readonly clusterUid?: string;
  readonly clusterHealth?: ClusterHealth;
  readonly snapshot?: SnapshotCoverage;
  /** meta/redaction.json, as it stands there. */
  readonly redaction?: JsonObject;
  /** Of the file itself, where somebody has asked for it. */
  readonly digest?: TarballDigest;
  readonly plugins: readonly RunPlugin[];
  readonly errors: readonly RunError[];
};

/** SHA-256 of a tarball in hex, and its size. */
export type TarballDigest = { readonly sha256: string; readonly bytes: number };

/** One plugin of a run; `tree` is made of the plugin's files where the tarball has none (Sonobuoy before v0.16), and "unknown" without items where there are no files. */
export type RunPlugin = { readonly name: string; readonly definition?: JsonObject; readonly tree: ResultItem };

/** An error.json of the tarball; `node` is "global" for Job plugins. */
export type RunError = { readonly plugin: string; readonly node: string; readonly file: ErrorFile };

/** meta/clusterhealth.json; `errorSummary` maps a kind of line to files and their number of such lines. */
export type ClusterHealth = {
  readonly apiVersion?: string;
  readonly nodes?: HealthCount;
  readonly pods?: HealthCount;
  readonly errorSummary: ReadonlyMap<string, ReadonlyMap<string, number>>;
};
export type HealthCount = { readonly total: number; readonly healthy: number; readonly unhealthy: readonly UnhealthyObject[] };
export type UnhealthyObject = { readonly name: string; readonly namespace: string; readonly ready: string; readonly reason: string; readonly message: string };
