import type { SnapshotCoverage } from "../contract/snapshot-coverage.ts";
import type { SnapshotOptions } from "../contract/snapshot-options.ts";
import type { ClusterHealth } from "./cluster-health.ts";
import type { SnapshotRedaction } from "./snapshot-redaction.ts";
import type { SnapshotWriter } from "./snapshot-writer.ts";

/** What `readSnapshot(cluster, input)` is told. */
export type SnapshotInput = {
  readonly options: SnapshotOptions;
  /** Gets everything, meta/query-time.json, meta/clusterhealth.json, meta/kinds.json and meta/snapshot.json last. */
  readonly writer: SnapshotWriter;
  /** Without it everything is written as it was read. */
  readonly redaction: SnapshotRedaction | undefined;
  /** A token for kubelets that can do no more than read them, where there is an account for that; else they see who asks here. Undefined when none could be had. */
  readonly kubeletToken?: ((signal: AbortSignal) => Promise<string | undefined>) | undefined;
  /** Told now and then, at most some times a second. */
  readonly onProgress?: ((progress: SnapshotProgress) => void) | undefined;
  readonly signal: AbortSignal;
};

/** How far it is: `allKinds` and `allLogs` are 0 until they are known. */
export type SnapshotProgress = {
  readonly kinds: number;
  readonly allKinds: number;
  readonly objects: number;
  readonly logs: number;
  readonly allLogs: number;
  readonly requests: number;
  readonly receivedBytes: number;
};

/** What `readSnapshot` promises: it throws nothing but the signal's reason and what the writer throws; all else is in `coverage.failures`. */
export type Snapshot = { readonly coverage: SnapshotCoverage; readonly health: ClusterHealth };
