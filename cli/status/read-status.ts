import type { Cluster } from "../../core/cluster/cluster.ts";
import { annotations, objectNames } from "../../core/contract/names.ts";
import type { RunStatus, RunSummary } from "../../core/contract/run-status.ts";
import { connectAggregator } from "../aggregator-connection.ts";
import { readLease } from "../follow/read-lease.ts";
import { readRunSpec } from "../follow/read-run-spec.ts";
import { aggregatorSelector, readView } from "../follow/read-view.ts";
import type { Trouble } from "../follow/run-view.ts";
import { listAll } from "../list-all.ts";
import { checkPluginNames } from "./select-plugins.ts";
import { startingStatus, type StartingStatus } from "./starting-status.ts";

export type StatusRequest = {
  readonly namespace: string;
  readonly showAll: boolean;
  readonly plugins: readonly string[] | undefined;
  readonly signal: AbortSignal;
};

export type ReadStatus = {
  /** Asked from the aggregator itself. */
  readonly full?: RunStatus | undefined;
  readonly summary?: RunSummary | undefined;
  readonly trouble?: Trouble | undefined;
  readonly isReplaced: boolean;
  readonly starting: StartingStatus;
};

/** A run's status at this moment; KnownError "no-run" when there is none, "unknown-plugin" when it doesn't have one of these plugins. */
export async function readStatus(cluster: Cluster, { namespace, showAll, plugins, signal }: StatusRequest): Promise<ReadStatus> {
  const [spec, deployment, pods] = await Promise.all([
    readRunSpec(cluster, namespace, signal),
    cluster.find({ apiVersion: "apps/v1", kind: "Deployment", namespace, name: objectNames.aggregator }, signal),
    listAll(cluster, { apiVersion: "v1", kind: "Pod", namespace, labelSelector: aggregatorSelector, signal }),
  ]);
  const { summary, trouble, isReplaced = summary === undefined && (await hasBegun(cluster, namespace, signal)) } = readView(pods, deployment);
  const starting = startingStatus(spec, trouble);
  checkPluginNames(plugins, spec.plugins);
  if (!showAll || summary === undefined) return { summary, trouble, isReplaced, starting };
  const connection = await connectAggregator(cluster, namespace, signal);
  return { full: await connection.readStatus(signal), trouble, isReplaced, starting };
}

/** Whether the run has had an aggregator before. */
const hasBegun = async (cluster: Cluster, namespace: string, signal: AbortSignal): Promise<boolean> =>
  (await readLease(cluster, namespace, signal))?.metadata.annotations?.[annotations.runStarted] !== undefined;
