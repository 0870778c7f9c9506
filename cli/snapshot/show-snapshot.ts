import type { Cluster } from "../../core/cluster/cluster.ts";
import type { Output } from "../terminal/output.ts";
import { renderCoverage } from "./render-coverage.ts";
import { showProgress } from "./show-progress.ts";
import { takeSnapshot, type SnapshotRequest } from "./take-snapshot.ts";

/** Takes a snapshot, says how far it is and what has come of it, and prints its path. */
export async function showSnapshot(output: Output, cluster: Cluster, request: Omit<SnapshotRequest, "onProgress">): Promise<void> {
  const progress = showProgress(output);
  const { coverage, size } = await takeSnapshot(cluster, { ...request, onProgress: progress.show }).finally(() => progress.end());
  output.err(
    renderCoverage(coverage, size)
      .map((line) => `${line}\n`)
      .join(""),
  );
  output.out(`${request.path}\n`);
}
