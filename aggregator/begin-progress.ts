import type { Lease } from "./lease/hold-lease.ts";
import { nameTarballLoss, parseSealedMark } from "./lease/sealed-mark.ts";
import type { Past } from "./replay-journal.ts";
import type { RunProgress } from "./status/build-status.ts";

/** Where a run stands when an aggregator takes it up: at its beginning, in its middle, or complete, with the tarball or after its loss. */
export function beginProgress(past: Past, lease: Pick<Lease, "startedAt" | "inheritance">, namespace: string): RunProgress {
  const startedAt = past.startedAt ?? lease.startedAt;
  if (past.sealed) return { phase: "complete", startedAt, ...past.sealed };
  const mark = parseSealedMark(lease.inheritance);
  if (!mark) return { phase: "running", startedAt };
  const finishedAt = new Date(mark.at);
  return {
    phase: "complete",
    startedAt,
    finishedAt: Number.isNaN(finishedAt.getTime()) ? new Date() : finishedAt,
    failure: nameTarballLoss(mark, namespace),
  };
}
