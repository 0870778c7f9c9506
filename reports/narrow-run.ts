import { isLeaf, type ResultItem } from "../core/contract/result-item.ts";
import type { Run, RunPlugin } from "./run.ts";

/** A run as if it had been of one plugin, or of one node or item of the result trees, alone; what else it had is not judged with it. */
export function narrowRun(run: Run, { plugin, node }: { readonly plugin?: string | undefined; readonly node?: string | undefined }): Run {
  if (plugin === undefined && node === undefined) return run;
  const isWanted = (one: { readonly plugin: string; readonly node: string }): boolean =>
    (plugin === undefined || one.plugin === plugin) && (node === undefined || one.node === node);
  const plugins = run.plugins.filter(({ name }) => plugin === undefined || name === plugin).flatMap((each) => narrowTree(each, node));
  const names = new Set(plugins.map(({ name }) => name));
  const ofThese = ({ name }: { readonly name: string }): boolean => names.has(name);
  return {
    ...run,
    plugins,
    errors: run.errors.filter(isWanted),
    ...(run.manifest === undefined ? {} : { manifest: { ...run.manifest, plugins: run.manifest.plugins.filter(ofThese) } }),
    ...(run.status === undefined
      ? {}
      : {
          status: {
            ...run.status,
            // What is missing of the others is not missing here; what is missing here its results say.
            outcome: run.status.outcome === "failed" ? "failed" : "complete",
            plugins: run.status.plugins.filter(ofThese),
            results: run.status.results.filter(isWanted),
          },
        }),
  };
}

/** None where the plugin has nothing of that name. */
function narrowTree({ tree, ...plugin }: RunPlugin, node: string | undefined): readonly RunPlugin[] {
  if (node === undefined || tree.name === node) return [{ ...plugin, tree }];
  const found = findItem(tree, node);
  return found === undefined ? [] : [{ ...plugin, tree: { ...tree, status: found.status, items: [found] } }];
}

function findItem(item: ResultItem, name: string): ResultItem | undefined {
  for (const below of item.items ?? []) {
    const found = below.name === name ? below : isLeaf(below) ? undefined : findItem(below, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
