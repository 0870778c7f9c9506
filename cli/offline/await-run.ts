import type { Cluster } from "../../core/cluster/cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { planLimit } from "../follow/plan-limit.ts";
import { readRunSpec } from "../follow/read-run-spec.ts";
import { waitForRun } from "../follow/wait-for-run.ts";

/** Shows a run as it goes until it is complete, on the output that its results come to only where `isShown`; KnownErrors as waitForRun. */
export async function awaitRun(context: CommandContext, cluster: Cluster, { namespace, isShown }: Awaited): Promise<void> {
  const spec = await readRunSpec(cluster, namespace, context.signal);
  const limit = planLimit(spec, { now: context.now(), seconds: undefined });
  await waitForRun(context, cluster, { namespace, limit, ...(!isShown && { display: { show() {}, end() {} } }) });
  if (isShown && context.output.isQuiet !== true) context.output.out("\n");
}

export type Awaited = { readonly namespace: string; readonly isShown: boolean };
