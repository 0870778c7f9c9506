import { isJsonObject, type Json, type JsonObject } from "../../../core/contract/json.ts";
import { objectNames } from "../../../core/contract/names.ts";
import type { PluginDefinition } from "../../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import type { PluginProblem } from "../../plugins/problem.ts";
import { readPluginFile } from "../../plugins/read-plugin-file.ts";
import { renderPluginFile } from "../../plugins/render-plugin-file.ts";
import type { ManifestObject } from "./parse-manifest.ts";

type Read = { readonly spec: RunSpec; readonly source: string; readonly lock: ManifestObject };

/** The definitions of the run's plugins in their ConfigMaps, in the run's order, or all that is wrong with them. */
export function parseStoredDefinitions(
  objects: readonly ManifestObject[],
  { spec, source, lock }: Read,
): readonly PluginDefinition[] | { readonly problems: readonly PluginProblem[] } {
  const parsed = spec.plugins.map((plugin) => {
    const name = objectNames.pluginConfigMap(plugin);
    const found = objects.find(({ object }) => object.kind === "ConfigMap" && object.metadata.name === name);
    if (found !== undefined) return parseOne(found, plugin, source);
    return { problems: [{ source, line: lock.placeOf(["data", "spec.json"]).line, message: `names the plugin ${plugin}, and there is no ConfigMap ${name}` }] };
  });
  const problems = parsed.flatMap((each) => ("problems" in each ? each.problems : []));
  return problems.length > 0 ? { problems } : parsed.flatMap((each) => ("problems" in each ? [] : [each.definition]));
}

function parseOne(
  { object, placeOf }: ManifestObject,
  plugin: string,
  source: string,
): { readonly definition: PluginDefinition } | { readonly problems: readonly PluginProblem[] } {
  const { line } = placeOf(["data", "definition.json"]);
  const refuse = (path: string, message: string): PluginProblem => ({ source, line, path: ["data.definition.json", path].filter(Boolean).join(" "), message });
  const stored = parseJson(isJsonObject(object["data"]) ? object["data"]["definition.json"] : undefined);
  if (!isJsonObject(stored)) return { problems: [refuse("", "must be the plugin's definition as JSON")] };
  const definition = parseStored(stored);
  // The file that means the same is checked as every plugin's file is.
  const read = readPluginFile({ text: renderPluginFile(definition), source });
  if ("problems" in read) return { problems: read.problems.map(({ path = "", message }) => refuse(path, message)) };
  if (read.definition.name !== plugin) return { problems: [refuse("name", `is ${read.definition.name}, and the ConfigMap is that of ${plugin}`)] };
  return { definition };
}

/** Everything else the check of the file finds. */
const parseStored = (stored: JsonObject): PluginDefinition =>
  ({
    ...stored,
    resultFiles: Array.isArray(stored["resultFiles"]) ? stored["resultFiles"] : [],
    extraVolumes: Array.isArray(stored["extraVolumes"]) ? stored["extraVolumes"] : [],
    configMap: isJsonObject(stored["configMap"]) ? stored["configMap"] : {},
  }) as unknown as PluginDefinition;

function parseJson(text: Json | undefined): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
