import { isLeaf, type ResultItem } from "../../core/contract/result-item.ts";

/** A leaf in Sonobuoy's detailed mode: one line of JSON, or a file of the tarball whose content is printed behind its path. */
export type Detail = { readonly kind: "line"; readonly json: string } | { readonly kind: "file"; readonly path: string; readonly entry: string };

/** The leaves below an item, in order: paths are joined by "|", files are named by their entry in the tarball; `way` is that of the part they are in. */
export const listDetails = (plugin: string, item: ResultItem): readonly Detail[] => listBelow(item, { plugin, path: [], way: {} });

type Place = { readonly plugin: string; readonly path: readonly string[]; readonly way: { readonly way?: string } };

function listBelow(item: ResultItem, { plugin, path, way: outer }: Place): readonly Detail[] {
  const here = [...path, item.name];
  const own = item.meta?.["way"];
  const way = own === undefined ? outer : { way: own };
  if (!isLeaf(item)) return (item.items ?? []).flatMap((below) => listBelow(below, { plugin, path: here, way }));
  const file = item.meta?.["file"]?.replaceAll("\\", "/") ?? "";
  if (file !== "") return [{ kind: "file", path: here.join("|"), entry: `plugins/${plugin}/${file}` }];
  const { name, status, meta, details } = item;
  return [
    { kind: "line", json: JSON.stringify({ name, status, meta: { ...meta, ...way, path: path.join("|") }, ...(details === undefined ? {} : { details }) }) },
  ];
}
