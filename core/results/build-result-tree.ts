import type { PluginDefinition } from "../contract/plugin-definition.ts";
import type { ResultItem } from "../contract/result-item.ts";
import type { ErrorFile } from "../contract/tarball-layout.ts";
import { isTimeOutCode } from "../contract/time-outs.ts";
import { rollUp } from "./roll-up.ts";

/** What came of a plugin on one node ("global" for a Job): its result files, and the run error, with the path of its file in the plugin's folder. */
export type NodeResults = { readonly node: string; readonly files: readonly ResultItem[]; readonly error?: ErrorFile & { readonly path: string } };

/** A plugin's whole tree in Sonobuoy's shape, rolled up: plugin → file for a Job, plugin → node → file for a DaemonSet; errors stand after the files. */
export function buildResultTree(input: {
  readonly plugin: string;
  readonly driver: PluginDefinition["driver"];
  readonly nodes: readonly NodeResults[];
}): ResultItem {
  const items =
    input.driver === "Job"
      ? input.nodes.flatMap(buildItems)
      : input.nodes.map((node) => ({ name: node.node, status: "", meta: { type: "node" }, items: buildItems(node) }));
  return rollUp({ name: input.plugin, status: "", meta: { type: "summary" }, items });
}

const buildItems = ({ files, error }: NodeResults): readonly ResultItem[] => (error ? [...files, buildError(error)] : files);

/** Named by its message, as Sonobuoy does it; what stands in the error file becomes text, but for the evidence, which would make the tree of many lost nodes large. */
function buildError({ path, evidence: _evidence, ...file }: ErrorFile & { readonly path: string }): ResultItem {
  const values = Object.entries(file).filter(([, value]) => value !== undefined);
  return {
    name: file.error,
    status: isTimeOutCode(file.code) ? "timeout" : "failed",
    meta: { file: path, type: "file" },
    details: Object.fromEntries(values.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)])),
  };
}
