import { tarballPaths } from "../core/contract/tarball-layout.ts";

/** What an entry of a tarball is to the reader of runs; `file` is the path below results/, undefined for a file that only proves that the plugin was there. */
export type Part =
  | { readonly kind: SingleKind }
  | { readonly kind: "host"; readonly node: string }
  | { readonly kind: "tree" | "definition"; readonly plugin: string }
  | { readonly kind: "plugin-file"; readonly plugin: string; readonly file: string | undefined }
  | { readonly kind: "error"; readonly plugin: string; readonly node: string };

/** The part that an entry's name stands for, or undefined; knows the paths of Sonobuoy since v0.8, and its "defintion.json". */
export function partOf(name: string): Part | undefined {
  const single = singleParts.get(name);
  if (single !== undefined) return { kind: single };
  const [top, plugin, ...rest] = name.split("/");
  const last = rest.at(-1);
  if (top === "hosts" && plugin !== undefined && last !== undefined && !last.startsWith("._")) return { kind: "host", node: plugin };
  if (top !== "plugins" || plugin === undefined || last === undefined || last.startsWith("._") || plugin.startsWith("._")) return undefined;
  if (rest.length === 1 && last === "sonobuoy_results.yaml") return { kind: "tree", plugin };
  if (rest.length === 1 && (last === "definition.json" || last === "defintion.json")) return { kind: "definition", plugin };
  if (rest.length === 3 && rest[0] === "errors" && last === "error.json") return { kind: "error", plugin, node: rest[1] ?? "" };
  return { kind: "plugin-file", plugin, file: rest[0] === "results" && rest.length > 1 ? rest.slice(1).join("/") : undefined };
}

type SingleKind = "manifest" | "status" | "info" | "config" | "server-version" | "cluster-health" | "snapshot" | "redaction" | "namespaces";

const singleParts: ReadonlyMap<string, SingleKind> = new Map<string, SingleKind>([
  [tarballPaths.manifest, "manifest"],
  [tarballPaths.status, "status"],
  [tarballPaths.info, "info"],
  [tarballPaths.config, "config"],
  ["config.json", "config"],
  [tarballPaths.serverVersion, "server-version"],
  ["serverversion/serverversion.json", "server-version"],
  [tarballPaths.clusterHealth, "cluster-health"],
  [tarballPaths.snapshot, "snapshot"],
  [tarballPaths.redaction, "redaction"],
  [tarballPaths.clusterResource("core_v1_namespaces"), "namespaces"],
]);
