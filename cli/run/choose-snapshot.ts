import type { Cluster } from "../../core/cluster/cluster.ts";
import { objectNames } from "../../core/contract/names.ts";
import { mayDo } from "../may-do.ts";
import { tryCreate } from "../preflight/try-create.ts";
import type { RunObjects } from "./build/objects.ts";
import type { RunOptions } from "./options.ts";
import type { RunPlan } from "./plan.ts";

type Decided = { readonly plan: RunPlan; readonly objects: RunObjects };
type Choice = { readonly decided: Decided; readonly note?: string };

/**
 * The run with the largest snapshot for which the person may give the aggregator the rights, as the API server judges it, and what to say where that is less than
 * everything. Where not even a run without one may be made, nothing is taken away: what is missing then is told by what follows.
 */
export async function chooseSnapshot(
  cluster: Cluster,
  {
    snapshot,
    decide,
    signal,
  }: { readonly snapshot: RunOptions["snapshot"]; readonly decide: (snapshot: RunOptions["snapshot"]) => Decided; readonly signal: AbortSignal },
): Promise<Choice> {
  const whole = { decided: decide(snapshot) };
  if (snapshot === undefined || (await mayDo(cluster, { verb: "*", group: "*", resource: "*" }, signal))) return whole;
  const choices: readonly Choice[] = [
    whole,
    { decided: decide({ ...snapshot, options: { ...snapshot.options, server: "version" } }), note: withoutServer },
    { decided: decide(undefined), note: withoutSnapshot },
  ];
  for (const choice of choices) if (await mayGrant(cluster, choice.decided, signal)) return choice;
  return whole;
}

const withoutServer = "The API server's own health and metrics will not be in the tarball, because you may not let the aggregator read them.";
const withoutSnapshot =
  "Of the cluster's objects the tarball will have nodes, pods and events only, because you may not let the aggregator read all of them; `--snapshot` insists, `--no-snapshot` is quiet about it.";

async function mayGrant(cluster: Cluster, { plan: { spec }, objects }: Decided, signal: AbortSignal): Promise<boolean> {
  const name = objectNames.clusterRole(spec.namespace, "aggregator");
  const role = objects.parts.find(({ kind, metadata }) => kind === "ClusterRole" && metadata.name === name);
  if (role === undefined) return true;
  const trial = await tryCreate(cluster, role, signal);
  return trial === "taken" || trial === "there";
}
