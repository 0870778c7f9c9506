import type { Gate } from "./ingest/gate.ts";
import { Refusal } from "./ingest/refusal.ts";
import type { Launcher } from "./launch/launcher.ts";
import { markSealed } from "./lease/sealed-mark.ts";
import { readNamespaceUid } from "./read-namespace-uid.ts";
import type { ResultReading } from "./read-results.ts";
import type { Run } from "./run.ts";
import { takeSnapshot } from "./take-snapshot.ts";
import type { ExpectedResults } from "./state/expected-results.ts";
import type { RunProgress } from "./status/build-status.ts";
import type { RunStatus } from "../core/contract/run-status.ts";
import type { Leak } from "../core/redaction/verify-archive.ts";
import { buildStatus } from "./status/build-status.ts";
import type { Publisher } from "./status/publish-status.ts";
import { seal } from "./store/seal.ts";

type Input = Run & {
  readonly results: ExpectedResults;
  readonly progress: RunProgress;
  readonly launcher: Launcher;
  readonly reading: ResultReading;
  readonly gate: Gate;
  readonly publisher: Publisher;
};

/** What follows when every result has ended: the snapshot, the tarball, and then its announcement, in an order that a crash or a loss can't turn into a lie. */
export async function gather(input: Input): Promise<void> {
  const { cluster, spec, folders, journal, lease, log, redaction, signal, progress, launcher, reading, gate, publisher } = input;
  progress.phase = "post-processing";
  publisher.touch();
  await launcher.settled();
  await takeSnapshot("after", { cluster, spec, folder: folders.tree, redaction, log, signal });
  // A result that was given up counts if it comes until now (design D5).
  await gate.close(new Refusal(409, "The run's tarball is being made; it takes no more results."));
  await reading.settled();
  const finishedAt = new Date();
  progress.finishedAt = finishedAt;
  const buildEnd = (leaks: readonly Leak[]): RunStatus => buildStatus({ ...input, progress: { ...progress, leaks, phase: "complete" }, now: finishedAt });
  const status = buildEnd([]);
  log.info("run ended", { outcome: status.outcome, result: status.resultStatus });
  const [clusterUid, namespaceUid] = await Promise.all(["kube-system", spec.namespace].map((name) => readNamespaceUid(cluster, { name, log, signal })));
  const { leaks, ...tarball } = await seal({
    ...input,
    folder: folders.work,
    spoolFolder: folders.spool,
    treeFolder: folders.tree,
    startedAt: progress.startedAt,
    clusterUid,
    namespaceUid,
    statusWith: buildEnd,
  });
  await journal.append({ type: "sealed", at: finishedAt.toISOString(), tarball, ...(leaks.length > 0 && { leaks }) });
  // From here on an aggregator that comes in place of this one runs nothing again.
  await markSealed(lease, { tarball, outcome: status.outcome, holder: input.pod.name });
  Object.assign(progress, { phase: "complete", tarball, leaks });
  log.info("tarball sealed", { name: tarball.name, bytes: tarball.size, sha256: tarball.sha256 });
  // The tarball is there, whether that can be said now or later.
  await publisher.publish().catch(() => publisher.touch());
}
