import type { RunSpec } from "../../core/contract/run-spec.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { createRunRedactor } from "../../core/redaction/run-redactor.ts";
import type { Cluster } from "../../core/cluster/cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { readRunSpec } from "../follow/read-run-spec.ts";
import { followLogs } from "./follow-logs.ts";
import { createHideLine } from "./hide-lines.ts";
import { createLogPrinter } from "./log-printer.ts";
import { parseLogPod, podSelector, type ContainerLog } from "./log-source.ts";
import type { LogsRequest } from "./parse-logs-request.ts";
import { checkPlugins, describeMissing, isSelected, selectLogs } from "./select-logs.ts";
import { showLogs } from "./show-logs.ts";

/** Prints the logs of the run in a namespace as they are, or as they come. KnownError "no-run", "wrong-usage", or what the cluster refuses. */
export async function printLogs({ output, signal }: CommandContext, cluster: Cluster, request: LogsRequest): Promise<void> {
  const { namespace, selection, start, follow, previous, timestamps, redact } = request;
  const spec = await readRunSpec(cluster, namespace, signal);
  checkPlugins(selection, spec);
  const printer = createLogPrinter(output, { plugins: spec.plugins, timestamps, hide: createHideLine(redact ? openRedactor(spec) : undefined), signal });
  const select = (all: readonly ContainerLog[]): readonly ContainerLog[] => {
    const logs = selectLogs(all, selection, spec);
    for (const sentence of describeMissing(logs, selection, { spec, all })) printer.say(sentence, sentence);
    return logs;
  };
  const run = { namespace, runId: spec.runId, start, signal };
  if (follow) select(await followLogs(cluster, printer, { ...run, isSelected: (source) => isSelected(selection, source) }));
  else await showLogs(cluster, printer, { ...run, previous, logs: select(await listLogs(cluster, run)) });
}

/** Of the run itself; on a terminal names stay, because whoever may read logs knows them. */
const openRedactor = ({ redaction }: RunSpec): Redactor | undefined =>
  createRunRedactor(redaction && { ...redaction, privacy: "off" }, { key: undefined, knownNames: [] });

async function listLogs(
  cluster: Cluster,
  { namespace, runId, signal }: { readonly namespace: string; readonly runId: string; readonly signal: AbortSignal },
): Promise<readonly ContainerLog[]> {
  const logs: ContainerLog[] = [];
  for await (const page of cluster.list({ apiVersion: "v1", kind: "Pod", namespace, labelSelector: podSelector(runId), signal }))
    for (const pod of page) logs.push(...parseLogPod(pod));
  return logs;
}
