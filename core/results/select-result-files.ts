import { basename } from "node:path/posix";
import type { PluginDefinition, ResultFormat } from "../contract/plugin-definition.ts";

/** Whether a plugin's file is read as results: one of `resultFiles` by its base name, else by its format's suffix (Sonobuoy's rule). */
export function isResultFile(rule: Pick<PluginDefinition, "resultFormat" | "resultFiles">, fileName: string): boolean {
  const name = basename(fileName);
  if (rule.resultFiles.length > 0) return rule.resultFiles.includes(name);
  return suffixes[rule.resultFormat].some((suffix) => name.endsWith(suffix));
}

const suffixes: { readonly [Format in ResultFormat]: readonly string[] } = {
  junit: [".xml"],
  gojson: [".json"],
  manual: [".yaml", ".yml"],
  raw: [""],
};
