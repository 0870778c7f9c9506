import { KnownError } from "../../core/contract/known-error.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import { aggregatorName, type ContainerLog, type LogSource } from "./log-source.ts";

/** Which of a run's logs a person wants; undefined means all. */
export type LogSelection = {
  readonly plugins: readonly string[] | undefined;
  readonly node: string | undefined;
  readonly container: string | undefined;
};

/** KnownError "wrong-usage", naming those there are, for a plugin that the run does not have. */
export function checkPlugins({ plugins = [] }: LogSelection, spec: Pick<RunSpec, "namespace" | "plugins">): void {
  const known = [aggregatorName, ...spec.plugins];
  const [unknown] = plugins.filter((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new KnownError("wrong-usage", `The run in namespace ${spec.namespace} has no plugin ${unknown}.`, { hint: `It has ${known.join(", ")}.` });
}

/** Whether a container's log is wanted. */
export const isSelected = ({ plugins, node, container }: LogSelection, source: LogSource): boolean =>
  (plugins === undefined || plugins.includes(source.plugin)) &&
  (node === undefined || node === source.node || node === source.nodeName) &&
  (container === undefined || container === source.container);

/** The wanted ones of all logs, ordered: the aggregator, then the plugins as the run names them, node by node. KnownError "wrong-usage" for a container that no pod has. */
export function selectLogs(logs: readonly ContainerLog[], selection: LogSelection, spec: Pick<RunSpec, "namespace" | "plugins">): readonly ContainerLog[] {
  const { container, ...rest } = selection;
  const candidates = logs.filter(({ source }) => isSelected({ ...rest, container: undefined }, source));
  const selected = candidates.filter(({ source }) => isSelected(selection, source));
  if (container !== undefined && selected.length === 0 && candidates.length > 0) {
    const names = [...new Set(candidates.map(({ source }) => source.container))].toSorted();
    throw new KnownError("wrong-usage", `No pod of the run that was asked for has a container ${container}.`, { hint: `They have ${names.join(", ")}.` });
  }
  const place = (plugin: string): number => [aggregatorName, ...spec.plugins].indexOf(plugin);
  return selected.toSorted(
    ({ source: one }, { source: other }) =>
      place(one.plugin) - place(other.plugin) || (one.node ?? "").localeCompare(other.node ?? "", "en", { numeric: true }) || one.pod.localeCompare(other.pod),
  );
}

/** Sentences about the wanted plugins, and the node, of which there is nothing to read. */
export function describeMissing(
  found: readonly ContainerLog[],
  selection: LogSelection,
  { spec, all }: { readonly spec: Pick<RunSpec, "namespace" | "plugins">; readonly all: readonly ContainerLog[] },
): readonly string[] {
  const { node, plugins = spec.plugins } = selection;
  const nodes = [...new Set(all.flatMap(({ source }) => source.nodeName ?? []))].toSorted();
  if (node !== undefined && found.length === 0)
    return [
      `The run has no pod on node ${node} now${nodes.length > 0 ? `, but on ${nodes.slice(0, mostNodes).join(", ")}${nodes.length > mostNodes ? ", …" : ""}` : ""}.`,
    ];
  const missing = plugins.filter((plugin) => !all.some(({ source }) => source.plugin === plugin));
  if (missing.length === 0) return [];
  return [
    `There are no pods of ${missing.join(", ")} now: not yet, or not any more, because their results have come. The tarball has the logs of pods that are gone: \`asdic retrieve -n ${spec.namespace}\`.`,
  ];
}

const mostNodes = 10;
