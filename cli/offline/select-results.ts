import { KnownError } from "../../core/contract/known-error.ts";
import type { ResultItem } from "../../core/contract/result-item.ts";
import type { Run } from "../../reports/run.ts";
import { selectSubtree } from "../../reports/sonobuoy/select-subtree.ts";

/** A plugin's tree, or the part of it that was asked for. */
export type SelectedResults = { readonly plugin: string; readonly item: ResultItem };

/** The trees that -p and --node ask for; KnownError, naming what there is, when a name fits nothing. */
export function selectResults(run: Run, wanted: { readonly plugin?: string | undefined; readonly node?: string | undefined }): readonly SelectedResults[] {
  const { plugin: pluginName, node } = wanted;
  const plugins = run.plugins.filter(({ name }) => pluginName === undefined || name === pluginName);
  if (plugins.length === 0 && pluginName !== undefined)
    throw new KnownError("unknown-plugin", `${run.path}: there is no plugin "${pluginName}" in it.`, {
      hint: nameWhatIs(
        "plugins",
        run.plugins.map(({ name }) => name),
      ),
    });
  if (node === undefined) return plugins.map(({ name, tree }) => ({ plugin: name, item: tree }));
  const found = plugins.flatMap(({ name, tree }) => {
    const item = selectSubtree(tree, node);
    return item === undefined ? [] : [{ plugin: name, item }];
  });
  if (found.length > 0) return found;
  throw new KnownError("wrong-usage", `${run.path}: there is no node or result "${node}" in it.`, {
    hint: nameWhatIs(
      "nodes",
      plugins.flatMap(({ tree }) => nodeNames(tree)),
    ),
  });
}

/** Enough to choose from; a cluster may have thousands. */
const namedAtMost = 20;

function nameWhatIs(things: string, names: readonly string[]): string {
  const distinct = [...new Set(names)];
  if (distinct.length === 0) return `It has no ${things}.`;
  const more = distinct.length > namedAtMost ? ` and ${distinct.length - namedAtMost} more` : "";
  return `Its ${things}: ${distinct.slice(0, namedAtMost).join(", ")}${more}.`;
}

function nodeNames(tree: ResultItem): readonly string[] {
  const nodes = (tree.items ?? []).filter((item) => item.meta?.["type"] === "node");
  return (nodes.length > 0 ? nodes : (tree.items ?? [])).map((item) => item.name);
}
