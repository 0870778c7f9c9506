import type { Cluster } from "../../core/cluster/cluster.ts";
import type { MadeRun } from "../follow/read-run-spec.ts";
import type { CommandContext } from "../command-context.ts";
import { createDisplay, type Display } from "../follow/display.ts";
import { planLimit } from "../follow/plan-limit.ts";
import { readRunSpec } from "../follow/read-run-spec.ts";
import { runExitCode } from "../follow/run-exit-code.ts";
import { waitForRun } from "../follow/wait-for-run.ts";
import { createPaint } from "../terminal/style.ts";
import { renderResults } from "./render-status.ts";
import { checkPluginNames, selectPlugins } from "./select-plugins.ts";
import { startingStatus } from "./starting-status.ts";

export type WatchRequest = { readonly namespace: string; readonly plugins: readonly string[] | undefined; readonly isJson: boolean };

/** Shows a run's status as it changes until the run is complete, whose exit code becomes the command's; KnownError as waitForRun. */
export async function watchStatus(context: CommandContext, cluster: Cluster, { namespace, plugins, isJson }: WatchRequest): Promise<void> {
  const { output, now, signal, setExitCode } = context;
  const spec = await readRunSpec(cluster, namespace, signal);
  checkPluginNames(plugins, spec.plugins);
  const shown = isJson ? createJsonLines(context, spec) : createDisplay(context);
  const display: Display = {
    show: ({ summary, ...view }) => shown.show({ ...view, summary: summary && selectPlugins(summary, plugins) }),
    end: () => shown.end(),
  };
  const summary = await waitForRun(context, cluster, { namespace, limit: planLimit(spec, { now: now(), seconds: undefined }), display });
  if (!isJson) {
    const lines = renderResults(summary, { columns: output.isTerminal ? output.columns : Infinity, plugins, paint: createPaint(output) });
    output.out(`${output.isQuiet ? "" : "\n"}${lines.join("\n")}\n`);
  }
  setExitCode(runExitCode(summary));
}

/** A line of JSON for each status that differs from the one before. */
function createJsonLines({ output }: CommandContext, spec: MadeRun): Display {
  let last = "";
  return {
    show({ summary, trouble }) {
      const line = `${JSON.stringify(summary ?? startingStatus(spec, trouble))}\n`;
      if (line !== last) output.out(line);
      last = line;
    },
    end() {},
  };
}
