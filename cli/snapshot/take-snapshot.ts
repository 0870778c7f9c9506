import { randomBytes } from "node:crypto";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { SnapshotCoverage } from "../../core/contract/snapshot-coverage.ts";
import type { SnapshotOptions } from "../../core/contract/snapshot-options.ts";
import { tarballPaths, type Manifest } from "../../core/contract/tarball-layout.ts";
import { createArchive } from "../../core/archive/write-archive.ts";
import { addCanaries } from "../../core/redaction/add-canaries.ts";
import { buildRedactionReport, type RedactionReport } from "../../core/redaction/redaction-report.ts";
import type { Verification } from "../../core/redaction/verify-archive.ts";
import { probeFiles } from "../../core/snapshot/probe-files.ts";
import { readSnapshot } from "../../core/snapshot/read-snapshot.ts";
import { WritingFailure } from "../../core/snapshot/snapshot-files.ts";
import type { SnapshotProgress } from "../../core/snapshot/snapshot-input.ts";
import { cannotWrite } from "../cannot-write.ts";
import { readServerVersion } from "../run/read-server.ts";
import { toolVersion } from "../tool-version.ts";
import { archiveWriter } from "./archive-writer.ts";
import type { LocalRedaction } from "./local-redaction.ts";
import { searchAside } from "./search-aside.ts";
import { tellParts } from "./tell-parts.ts";

export type SnapshotRequest = {
  readonly path: string;
  readonly options: SnapshotOptions;
  /** Without it nothing is hidden. */
  readonly redaction: LocalRedaction | undefined;
  readonly startedAt: Date;
  readonly onProgress: (progress: SnapshotProgress) => void;
  readonly signal: AbortSignal;
};

/** What was read, the tarball's size in bytes, and what was hidden in it. */
export type TakenSnapshot = { readonly coverage: SnapshotCoverage; readonly size: number; readonly report: RedactionReport | undefined };

/** Reads the cluster into a tarball at `path`, which is there whole or not at all; KnownError where there is no cluster, and "invalid-file" where it can't be written. */
export async function takeSnapshot(cluster: Cluster, { path, options, redaction, startedAt, onProgress, signal }: SnapshotRequest): Promise<TakenSnapshot> {
  const serverVersion = await readServerVersion(cluster, signal);
  const whole = await createArchive(path, { modifiedAt: startedAt }).catch(refuseWriting(path));
  const search = redaction && searchAside(redaction.search, signal);
  const parts = search && tellParts(whole, (part) => search.add(part));
  const archive = parts ?? whole;
  const writer = archiveWriter(archive, path);
  try {
    await archive.add(tarballPaths.manifest, renderJson(buildManifest({ serverVersion, startedAt, redaction }))).catch(refuseWriting(path));
    const hiding = redaction && { redactor: redaction.redactor, onFile: redaction.tallies.add };
    const { coverage } = await readSnapshot(cluster, { options, writer, redaction: hiding, onProgress, signal }).catch((error: unknown) => {
      throw error instanceof WritingFailure ? cannotWrite(path, error.cause, elsewhere) : error;
    });
    if (coverage.kinds === 0 && coverage.failures.length > 0 && coverage.failures.every(({ code }) => code === 0)) throw lost(cluster, coverage);
    await parts?.tellRest().catch(refuseWriting(path));
    const report = redaction && search && (await describeRedaction(redaction, await search.end()));
    if (report !== undefined) await archive.add(tarballPaths.redaction, renderJson(report)).catch(refuseWriting(path));
    const { size } = await archive.finish().catch(refuseWriting(path));
    await redaction?.keepKey();
    return { coverage, size, report };
  } catch (error) {
    await archive.abandon();
    throw error;
  } finally {
    await search?.close();
    await writer.close();
  }
}

/** Tries each way with canaries, and says what was hidden and what the second search has found still there. */
async function describeRedaction({ redactor, tallies, privacy, userRules }: LocalRedaction, found: Verification): Promise<RedactionReport> {
  const canaries = await probeFiles({ redactor, onFile: () => undefined }, randomBytes);
  return { ...buildRedactionReport(tallies.all(), { privacy, userRules }), verified: addCanaries(found, canaries) };
}

type ManifestInput = { readonly serverVersion: string; readonly startedAt: Date; readonly redaction: LocalRedaction | undefined };

const buildManifest = ({ serverVersion, startedAt, redaction }: ManifestInput): Manifest => ({
  layoutVersion: 1,
  kind: "snapshot",
  tool: { name: "asdic", version: toolVersion },
  runId: "",
  namespace: "",
  serverVersion,
  startedAt: startedAt.toISOString(),
  snapshot: { when: "after", redacted: redaction !== undefined },
  redaction: redaction === undefined ? false : { privacy: redaction.privacy, userRules: redaction.userRules },
  plugins: [],
});

const renderJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const refuseWriting =
  (path: string) =>
  (error: unknown): never => {
    throw cannotWrite(path, error, elsewhere);
  };

const elsewhere = "Give -o a file in a folder that exists, that you may write to, and that has room.";

const lost = ({ server }: Cluster, { failures }: SnapshotCoverage): KnownError =>
  new KnownError("cluster-unreachable", `${server} could not be read: ${failures[0]?.message ?? "it does not answer any more"}.`, {
    hint: "Try again when it answers: `kubectl version` shows whether it does.",
  });
