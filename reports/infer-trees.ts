import type { PluginDefinition, ResultFormat } from "../core/contract/plugin-definition.ts";
import { isJsonObject, type JsonObject } from "../core/contract/json.ts";
import { globalNode } from "../core/contract/names.ts";
import type { ResultItem } from "../core/contract/result-item.ts";
import { buildResultTree } from "../core/results/build-result-tree.ts";
import { readResultFile } from "../core/results/read-result-file.ts";
import { isResultFile } from "../core/results/select-result-files.ts";
import { readTarball, type TarballPlace } from "./read-tarball.ts";
import { partOf } from "./run-parts.ts";

/** A plugin whose tarball has files of it, below results/, but no result tree. */
export type TreelessPlugin = { readonly name: string; readonly definition: JsonObject | undefined; readonly files: readonly string[] };

/**
 * Result trees of plugins as Sonobuoy since v0.16 would have written them, from their files, for which the tarball is read once more. `hosts` are the
 * nodes that it has data of: a plugin with files by their names ran on each of them.
 */
export async function inferTrees(
  place: TarballPlace,
  plugins: readonly TreelessPlugin[],
  hosts: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ResultItem>> {
  const inferred = new Map(plugins.map((plugin) => [plugin.name, { rule: inferRule(plugin), byNode: new Map<string, ResultItem[]>() }]));
  const isNode = (name: string): boolean => hosts.has(name);
  await readTarball(place, async ({ name, open }) => {
    const part = partOf(name);
    if (part?.kind !== "plugin-file" || part.file === undefined) return "more";
    const plugin = inferred.get(part.plugin);
    if (plugin === undefined || !isResultFile(plugin.rule, part.file)) return "more";
    const node = nodeOf(part.file, isNode);
    const item = await readResultFile({ format: plugin.rule.resultFormat, name: `results/${part.file}`, body: await open() });
    plugin.byNode.set(node, [...(plugin.byNode.get(node) ?? []), item]);
    return "more";
  });
  return new Map(
    [...inferred].flatMap(([name, { byNode }]) => {
      // A folder's files come in another order than its tarball's.
      const nodes = [...byNode].map(([node, files]) => ({ node, files: files.toSorted(byFile) })).toSorted((a, b) => (a.node < b.node ? -1 : 1));
      const driver = nodes.some(({ node }) => node !== globalNode) ? "DaemonSet" : "Job";
      return nodes.length === 0 ? [] : [[name, buildResultTree({ plugin: name, driver, nodes })] as const];
    }),
  );
}

const byFile = (a: ResultItem, b: ResultItem): number => ((a.meta?.["file"] ?? "") < (b.meta?.["file"] ?? "") ? -1 : 1);

/** Until v0.10 there was no folder global/, and a plugin's only file on a node was named like the node. */
function nodeOf(file: string, isNode: (name: string) => boolean): string {
  const [first = ""] = file.split("/");
  return isNode(first) ? first : globalNode;
}

type Rule = Pick<PluginDefinition, "resultFormat" | "resultFiles">;

/** As its definition says; without one a plugin with XML files is read as JUnit, and else every file is a result by being there. */
function inferRule({ definition, files }: TreelessPlugin): Rule {
  const inner = isJsonObject(definition?.["Definition"]) ? definition["Definition"] : {};
  const settings = isJsonObject(inner["sonobuoy-config"]) ? inner["sonobuoy-config"] : {};
  const format = formats.get(String(settings["result-format"] ?? settings["result-type"] ?? ""));
  const resultFiles = Array.isArray(settings["result-files"]) ? settings["result-files"].filter((name) => typeof name === "string") : [];
  return { resultFormat: format ?? (files.some((file) => file.endsWith(".xml")) ? "junit" : "raw"), resultFiles };
}

const formats: ReadonlyMap<string, ResultFormat> = new Map([
  ["junit", "junit"],
  ["e2e", "junit"],
  ["gojson", "gojson"],
  ["manual", "manual"],
  ["raw", "raw"],
]);
