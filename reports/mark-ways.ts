import { globalNode } from "../core/contract/names.ts";
import type { ResultItem } from "../core/contract/result-item.ts";
import { listOtherWays } from "./list-other-ways.ts";
import type { Run } from "./run.ts";

/** The run with `meta.way` at each part of a tree that came otherwise than over the aggregator's Service: a node's part, or the whole of a Job plugin. */
export function markWays(run: Run): Run {
  const ways = new Map(listOtherWays(run).map(({ plugin, node, way }) => [`${plugin}/${node}`, way]));
  if (ways.size === 0) return run;
  const mark = (item: ResultItem, way: string | undefined): ResultItem => (way === undefined ? item : { ...item, meta: { ...item.meta, way } });
  return {
    ...run,
    plugins: run.plugins.map(({ tree, ...plugin }) => {
      const items = tree.items?.map((item) => (item.meta?.["type"] === "node" ? mark(item, ways.get(`${plugin.name}/${item.name}`)) : item));
      return { ...plugin, tree: mark(items === undefined ? tree : { ...tree, items }, ways.get(`${plugin.name}/${globalNode}`)) };
    }),
  };
}
