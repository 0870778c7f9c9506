import type { Cluster } from "../../core/cluster/cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { replacement } from "../follow/run-view.ts";
import { readStatus, type StatusRequest } from "./read-status.ts";
import { renderFullStatus, renderStatus, renderTrouble } from "./render-status.ts";
import { selectPlugins } from "./select-plugins.ts";

export type PrintRequest = Omit<StatusRequest, "signal"> & { readonly isJson: boolean };

/** Prints a run's status at this moment; KnownError as readStatus. */
export async function printStatus({ output, now, signal }: CommandContext, cluster: Cluster, { isJson, ...request }: PrintRequest): Promise<void> {
  const { full, summary, starting, trouble, isReplaced } = await readStatus(cluster, { ...request, signal });
  const { plugins } = request;
  if (isJson) return output.out(`${JSON.stringify(selectPlugins(full ?? summary ?? starting, plugins), undefined, 2)}\n`);
  const look = { columns: output.isTerminal ? output.columns : Infinity, plugins };
  const lines = [
    ...(full ? renderFullStatus(full, now(), look) : summary ? renderStatus(summary, now(), look) : isReplaced ? [] : ["The run is starting."]),
    ...(isReplaced ? [replacement] : []),
    ...(trouble ? renderTrouble(trouble) : []),
  ];
  output.out(`${lines.join("\n")}\n`);
}
