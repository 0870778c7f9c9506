import type { Cluster } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { RunSummary, TarballStatus } from "../../core/contract/run-status.ts";
import { connectAggregator, type AggregatorConnection } from "../aggregator-connection.ts";
import type { Output } from "../terminal/output.ts";
import { tellPause } from "./tell-pause.ts";
import { tryAgain } from "./try-again.ts";

export type TarballRequest = {
  readonly namespace: string;
  readonly signal: AbortSignal;
  /** Seconds before each try after one that failed; left out, the usual ones. */
  readonly pauses?: readonly number[];
  /** Where it is said that the aggregator is asked again. */
  readonly output?: Output;
};

export type FoundTarball = { readonly connection: AggregatorConnection; readonly tarball: TarballStatus };

/** The tarball of the complete run in a namespace, and the way to it; KnownError "not-finished" while the run goes on, "no-run" when there is none. */
export async function findTarball(cluster: Cluster, { namespace, signal, pauses, output }: TarballRequest): Promise<FoundTarball> {
  const connection = await connectAggregator(cluster, namespace, signal);
  const summary = await tryAgain(() => connection.readSummary(signal), { signal, pauses, onPause: output && tellPause(output) });
  return { connection, tarball: requireTarball(summary, namespace) };
}

function requireTarball({ phase, problems, tarball }: RunSummary, namespace: string): TarballStatus {
  const loss = problems.find(({ code }) => code === "tarball-lost");
  if (loss !== undefined) throw new KnownError("aggregator-failed", `${loss.message}.`, loss.hint === undefined ? {} : { hint: loss.hint });
  if (phase !== "complete" || tarball === undefined)
    throw new KnownError("not-finished", `The run in namespace ${namespace} has no tarball yet.`, {
      hint: `Wait for it with \`asdic status --watch -n ${namespace}\`.`,
    });
  // The aggregator could be anybody's; its word must not choose a folder.
  if (/^[A-Za-z0-9][-\w.]*\.tar\.gz$/.test(tarball.name)) return tarball;
  throw new KnownError("transfer-failed", `The aggregator names its tarball ${JSON.stringify(tarball.name)}, which is no plain file name.`, {
    hint: "Is it the run that you mean? `asdic delete` removes it, and `asdic run` makes another.",
  });
}
