import type { SealedMark } from "../../core/contract/inheritance.ts";
import { sealedMarkSchema } from "../../core/contract/inheritance.ts";
import { annotations } from "../../core/contract/names.ts";
import type { RunSummary, TarballStatus } from "../../core/contract/run-status.ts";
import type { ResultProblem } from "../state/expected-results.ts";
import type { Lease } from "./hold-lease.ts";

/** Writes the mark on the Lease; nothing may be announced before. Rejects once the lease is lost. */
export const markSealed = (
  lease: Lease,
  { tarball, outcome, holder }: { readonly tarball: TarballStatus; readonly outcome: RunSummary["outcome"]; readonly holder: string },
): Promise<void> => {
  const mark: SealedMark = { sha256: tarball.sha256, size: tarball.size, at: tarball.created, outcome: outcome ?? "failed", holder };
  return lease.annotate({ [annotations.sealed]: JSON.stringify(mark) });
};

/** The mark that an earlier aggregator has left, if one has. */
export function parseSealedMark(inheritance: Lease["inheritance"]): SealedMark | undefined {
  const text = inheritance[annotations.sealed];
  if (text === undefined) return undefined;
  try {
    return sealedMarkSchema.parse(JSON.parse(text));
  } catch {
    // A mark that can't be read is a mark all the same: nothing may be run again.
    return { sha256: "unknown", size: 0, at: "unknown", outcome: "unknown", holder: "unknown" };
  }
}

/** What is told of a run whose tarball went with the pod that had made it. */
export const nameTarballLoss = ({ sha256, at, outcome, holder }: SealedMark, namespace: string): ResultProblem => ({
  code: "tarball-lost",
  message: `The run's tarball (outcome ${outcome}, made ${at}, SHA-256 ${sha256}) was lost with pod ${holder}, which held it, and nothing is run again by itself`,
  hint: `A tarball with that SHA-256 that was fetched before is whole. Else run it again: \`asdic delete -n ${namespace} --wait\`, then \`asdic run --wait\`, which fetches it at once.`,
});
