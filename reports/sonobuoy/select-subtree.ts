import type { ResultItem } from "../../core/contract/result-item.ts";

/** The first item with that name, from the root down and in order, as Sonobuoy's --node has it; undefined when there is none. */
export function selectSubtree(item: ResultItem, name: string): ResultItem | undefined {
  if (item.name === name) return item;
  for (const below of item.items ?? []) {
    const found = selectSubtree(below, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
