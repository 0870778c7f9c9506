import type { Cluster } from "../../core/cluster/cluster.ts";
import { mayDo } from "../may-do.ts";
import { tryCreate } from "../preflight/try-create.ts";
import { objectNames } from "../../core/contract/names.ts";
import type { RunObjects } from "./build/objects.ts";
import type { RunPlan } from "./plan.ts";

/** Whether the person may give the aggregator the rights that its snapshot takes, as the API server judges it; true as well where there is none to give. */
export async function mayGrantSnapshot(
  cluster: Cluster,
  { plan: { spec }, objects }: { readonly plan: RunPlan; readonly objects: RunObjects },
  signal: AbortSignal,
): Promise<boolean> {
  const name = objectNames.clusterRole(spec.namespace, "aggregator");
  const role = objects.parts.find(({ kind, metadata }) => kind === "ClusterRole" && metadata.name === name);
  if (spec.snapshot === undefined || role === undefined) return true;
  if (await mayDo(cluster, { verb: "*", group: "*", resource: "*" }, signal)) return true;
  const trial = await tryCreate(cluster, role, signal);
  return trial === "taken" || trial === "there";
}
