import type { Cluster } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { SnapshotCoverage } from "../../core/contract/snapshot-coverage.ts";
import type { SnapshotOptions } from "../../core/contract/snapshot-options.ts";
import { tarballPaths, type Manifest } from "../../core/contract/tarball-layout.ts";
import { createArchive } from "../../core/archive/write-archive.ts";
import { readSnapshot } from "../../core/snapshot/read-snapshot.ts";
import { WritingFailure } from "../../core/snapshot/snapshot-files.ts";
import type { SnapshotProgress } from "../../core/snapshot/snapshot-input.ts";
import { describeWriteError } from "../describe-write-error.ts";
import { readServerVersion } from "../run/read-server.ts";
import { toolVersion } from "../tool-version.ts";
import { archiveWriter } from "./archive-writer.ts";

export type SnapshotRequest = {
  readonly path: string;
  readonly options: SnapshotOptions;
  readonly startedAt: Date;
  readonly onProgress: (progress: SnapshotProgress) => void;
  readonly signal: AbortSignal;
};

/** What was read, and the tarball's size in bytes. */
export type TakenSnapshot = { readonly coverage: SnapshotCoverage; readonly size: number };

/** Reads the cluster into a tarball at `path`, which is there whole or not at all; KnownError where there is no cluster, and "invalid-file" where it can't be written. */
export async function takeSnapshot(cluster: Cluster, { path, options, startedAt, onProgress, signal }: SnapshotRequest): Promise<TakenSnapshot> {
  const serverVersion = await readServerVersion(cluster, signal);
  const archive = await createArchive(path, { modifiedAt: startedAt }).catch(refuseWriting(path));
  const writer = archiveWriter(archive, path);
  try {
    await archive.add(tarballPaths.manifest, `${JSON.stringify(buildManifest(serverVersion, startedAt), null, 2)}\n`).catch(refuseWriting(path));
    const { coverage } = await readSnapshot(cluster, { options, writer, onProgress, signal }).catch((error: unknown) => {
      throw error instanceof WritingFailure ? cannotWrite(path, error.cause) : error;
    });
    if (coverage.kinds === 0 && coverage.failures.length > 0 && coverage.failures.every(({ code }) => code === 0)) throw lost(cluster, coverage);
    const { size } = await archive.finish().catch(refuseWriting(path));
    return { coverage, size };
  } catch (error) {
    await archive.abandon();
    throw error;
  } finally {
    await writer.close();
  }
}

const buildManifest = (serverVersion: string, startedAt: Date): Manifest => ({
  layoutVersion: 1,
  kind: "snapshot",
  tool: { name: "asdic", version: toolVersion },
  runId: "",
  namespace: "",
  serverVersion,
  startedAt: startedAt.toISOString(),
  snapshot: { when: "after", redacted: false },
  plugins: [],
});

const refuseWriting =
  (path: string) =>
  (error: unknown): never => {
    throw cannotWrite(path, error);
  };

const cannotWrite = (path: string, cause: unknown): KnownError =>
  new KnownError("invalid-file", `${path}: can't be written (${describeWriteError(cause)}).`, {
    hint: "Give -o a file in a folder that exists, that you may write to, and that has room.",
    cause,
  });

const lost = ({ server }: Cluster, { failures }: SnapshotCoverage): KnownError =>
  new KnownError("cluster-unreachable", `${server} could not be read: ${failures[0]?.message ?? "it does not answer any more"}.`, {
    hint: "Try again when it answers: `kubectl version` shows whether it does.",
  });
