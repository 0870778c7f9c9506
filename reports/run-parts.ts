import { tarballPaths } from "../core/contract/tarball-layout.ts";

/** What an entry of a tarball is to the reader of runs; "plugin-file" only proves that the plugin was there. */
export type Part =
  | { readonly kind: SingleKind }
  | { readonly kind: "tree" | "definition" | "plugin-file"; readonly plugin: string }
  | { readonly kind: "error"; readonly plugin: string; readonly node: string };

/** The part that an entry's name stands for, or undefined; knows the paths of Sonobuoy since v0.8, and its "defintion.json". */
export function partOf(name: string): Part | undefined {
  const single = singleParts.get(name);
  if (single !== undefined) return { kind: single };
  const [top, plugin, ...rest] = name.split("/");
  const last = rest.at(-1);
  if (top !== "plugins" || plugin === undefined || last === undefined || last.startsWith("._") || plugin.startsWith("._")) return undefined;
  if (rest.length === 1 && last === "sonobuoy_results.yaml") return { kind: "tree", plugin };
  if (rest.length === 1 && (last === "definition.json" || last === "defintion.json")) return { kind: "definition", plugin };
  if (rest.length === 3 && rest[0] === "errors" && last === "error.json") return { kind: "error", plugin, node: rest[1] ?? "" };
  return { kind: "plugin-file", plugin };
}

type SingleKind = "manifest" | "status" | "info" | "config" | "server-version" | "cluster-health";

const singleParts: ReadonlyMap<string, SingleKind> = new Map<string, SingleKind>([
  [tarballPaths.manifest, "manifest"],
  [tarballPaths.status, "status"],
  [tarballPaths.info, "info"],
  [tarballPaths.config, "config"],
  ["config.json", "config"],
  [tarballPaths.serverVersion, "server-version"],
  ["serverversion/serverversion.json", "server-version"],
  [tarballPaths.clusterHealth, "cluster-health"],
]);
