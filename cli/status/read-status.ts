import type { Cluster } from "../../core/cluster/cluster.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { annotations, objectNames } from "../../core/contract/names.ts";
import type { RunStatus, RunSummary } from "../../core/contract/run-status.ts";
import { connectAggregator } from "../aggregator-connection.ts";
import { readLease } from "../follow/read-lease.ts";
import { readRunSpec } from "../follow/read-run-spec.ts";
import { aggregatorSelector, readView } from "../follow/read-view.ts";
import type { Trouble } from "../follow/run-view.ts";

export type ReadStatus = {
  /** Asked from the aggregator itself. */
  readonly full?: RunStatus | undefined;
  readonly summary?: RunSummary | undefined;
  readonly trouble?: Trouble | undefined;
  readonly isReplaced: boolean;
  /** What can be said of a run whose aggregator has not said anything yet. */
  readonly starting: StartingStatus;
};
export type StartingStatus = Omit<RunSummary, "phase"> & { readonly phase: "starting" };

/** A run's status at this moment; KnownError "no-run" when there is none. */
export async function readStatus(
  cluster: Cluster,
  { namespace, showAll, signal }: { readonly namespace: string; readonly showAll: boolean; readonly signal: AbortSignal },
): Promise<ReadStatus> {
  const [spec, deployment, pods] = await Promise.all([
    readRunSpec(cluster, namespace, signal),
    cluster.find({ apiVersion: "apps/v1", kind: "Deployment", namespace, name: objectNames.aggregator }, signal),
    listPods(cluster, namespace, signal),
  ]);
  const { summary, trouble, isReplaced = summary === undefined && (await hasBegun(cluster, namespace, signal)) } = readView(pods, deployment);
  const { runId, toolVersion, createdAt } = spec;
  const problems = trouble === undefined ? [] : [{ plugin: "", node: "", ...trouble }];
  const starting = {
    runId,
    namespace,
    toolVersion,
    phase: "starting" as const,
    startedAt: createdAt,
    updatedAt: createdAt,
    plugins: [],
    problems,
    problemCount: problems.length,
  };
  if (!showAll || summary === undefined) return { summary, trouble, isReplaced, starting };
  const connection = await connectAggregator(cluster, namespace, signal);
  return { full: await connection.readStatus(signal), trouble, isReplaced, starting };
}

/** Whether the run has had an aggregator before. */
const hasBegun = async (cluster: Cluster, namespace: string, signal: AbortSignal): Promise<boolean> =>
  (await readLease(cluster, namespace, signal))?.metadata.annotations?.[annotations.runStarted] !== undefined;

async function listPods(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<readonly KubernetesObject[]> {
  const pods: KubernetesObject[] = [];
  for await (const page of cluster.list({ apiVersion: "v1", kind: "Pod", namespace, labelSelector: aggregatorSelector, signal })) pods.push(...page);
  return pods;
}
