import { isLeaf, type ResultItem } from "../../core/contract/result-item.ts";

/** A leaf in Sonobuoy's detailed mode: one line of JSON, or a file of the tarball whose content is printed behind its path. */
export type Detail = { readonly kind: "line"; readonly json: string } | { readonly kind: "file"; readonly path: string; readonly entry: string };

/** The leaves below an item, in order: paths are joined by "|", files are named by their entry in the tarball. */
export function listDetails(plugin: string, item: ResultItem, path: readonly string[] = []): readonly Detail[] {
  const here = [...path, item.name];
  if (!isLeaf(item)) return (item.items ?? []).flatMap((below) => listDetails(plugin, below, here));
  const file = item.meta?.["file"]?.replaceAll("\\", "/") ?? "";
  if (file !== "") return [{ kind: "file", path: here.join("|"), entry: `plugins/${plugin}/${file}` }];
  const { name, status, meta, details } = item;
  return [{ kind: "line", json: JSON.stringify({ name, status, meta: { ...meta, path: path.join("|") }, ...(details === undefined ? {} : { details }) }) }];
}
