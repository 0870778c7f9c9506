import type { ClusterHealth, HealthCount, Run, UnhealthyObject } from "../run.ts";
import { renderLine } from "../visible-text.ts";

/** What Sonobuoy prints for its plugin "sonobuoy": the server's version and, where the tarball has them, the health of nodes and pods and counts of suspicious log lines. */
export function renderHealth({ clusterHealth, serverVersion }: Pick<Run, "clusterHealth" | "serverVersion">): string {
  const version = clusterHealth?.apiVersion ?? serverVersion;
  const lines = [
    "Run Details:",
    `API Server version: ${version === undefined ? "unknown" : renderLine(version)}`,
    ...renderCount(clusterHealth?.nodes, { one: "Node", many: "nodes" }),
    ...renderCount(clusterHealth?.pods, { one: "Pods", many: "pods" }),
    ...renderErrors(clusterHealth?.errorSummary),
  ];
  return `${lines.join("\n")}\n`;
}

function renderCount(count: HealthCount | undefined, words: { readonly one: string; readonly many: string }): readonly string[] {
  if (count === undefined) return [];
  const share = count.total === 0 ? "" : ` (${Math.floor((100 * count.healthy) / count.total)}%)`;
  const details = count.unhealthy.length === 0 ? [] : [`Details for failed ${words.many}:`, ...count.unhealthy.map(renderUnhealthy)];
  return [`${words.one} health: ${count.healthy}/${count.total}${share}`, ...details];
}

const renderUnhealthy = ({ namespace, name, ready, reason, message }: UnhealthyObject): string =>
  renderLine(`${namespace === "" ? name : `${namespace}/${name}`} Ready:${ready}: ${reason}: ${message}`);

function renderErrors(summary: ClusterHealth["errorSummary"] | undefined): readonly string[] {
  if (summary === undefined || summary.size === 0) return [];
  const kinds = [...summary].flatMap(([kind, files]) => {
    const width = [...files.values()].reduce((widest, number) => Math.max(widest, String(number).length), 0);
    return [`${renderLine(kind)}:`, ...[...files].map(([file, number]) => `${String(number).padStart(width)} ${renderLine(file)}`)];
  });
  return ["Errors detected in files:", ...kinds];
}
