import type { Cluster } from "../../core/cluster/cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { replacement } from "../follow/run-view.ts";
import { readStatus, type StatusRequest } from "./read-status.ts";
import { renderFullStatus } from "./render-full-status.ts";
import { renderStatus, renderTrouble } from "./render-status.ts";
import { selectPlugins } from "./select-plugins.ts";
import { selectRows, type RowFilter } from "./select-rows.ts";

export type PrintRequest = Omit<StatusRequest, "signal"> & { readonly isJson: boolean; readonly isUngrouped: boolean } & Omit<RowFilter, "plugins">;

/** Prints a run's status at this moment; KnownError as readStatus. */
export async function printStatus(
  { output, now, signal }: CommandContext,
  cluster: Cluster,
  { isJson, isUngrouped, nodes, states, ...request }: PrintRequest,
): Promise<void> {
  const { full, summary, starting, trouble, isReplaced } = await readStatus(cluster, { ...request, signal });
  const { plugins } = request;
  if (isJson) {
    const shown = full ? selectRows(full, { plugins, nodes, states }) : selectPlugins(summary ?? starting, plugins);
    return output.out(`${JSON.stringify(shown, undefined, 2)}\n`);
  }
  const look = { columns: output.isTerminal ? output.columns : Infinity, plugins };
  const lines = [
    ...(full
      ? renderFullStatus(full, now(), { ...look, nodes, states, isUngrouped })
      : summary
        ? renderStatus(summary, now(), look)
        : isReplaced
          ? []
          : ["The run is starting."]),
    ...(isReplaced ? [replacement] : []),
    ...(trouble ? renderTrouble(trouble) : []),
  ];
  output.out(`${lines.join("\n")}\n`);
}
