import { isJsonObject, type Json, type JsonObject } from "../../core/contract/json.ts";
import { parsePluginDefinition, type DocumentProblem, type PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { findVariableProblems } from "./find-variable-problems.ts";
import type { PluginProblem } from "./problem.ts";
import { readDocument, type PluginDocument } from "./read-document.ts";

export type ReadPlugin =
  | { readonly definition: PluginDefinition; readonly line: number; readonly placeOf: PluginDocument["placeOf"] }
  | { readonly problems: readonly PluginProblem[] };

/** A plugin file's text as a definition, or all that is wrong with it by line; `name` replaces the plugin's own. */
export function readPluginFile({ text, source, name }: { readonly text: string; readonly source: string; readonly name?: string | undefined }): ReadPlugin {
  const document = readDocument(text, source);
  if ("problems" in document) return document;
  const { definition, problems } = checkPluginDocument(name === undefined ? document.value : renamePlugin(document.value, name));
  if (definition !== undefined && problems.length === 0)
    return { definition, line: document.placeOf(["sonobuoy-config", "plugin-name"]).line, placeOf: document.placeOf };
  return { problems: problems.map(({ path, message }) => ({ source, ...document.placeOf(path), path: path.join("."), message })) };
}

/** All that keeps a document from being run, and what it defines as far as that can be told. */
export function checkPluginDocument(value: Json): { readonly definition?: PluginDefinition; readonly problems: readonly DocumentProblem[] } {
  const result = parsePluginDefinition(value);
  const problems = [...("problems" in result ? result.problems : []), ...findVariableProblems(value)];
  return "definition" in result ? { definition: result.definition, problems } : { problems };
}

const renamePlugin = (value: Json, name: string): Json =>
  isJsonObject(value) && isJsonObject(value["sonobuoy-config"])
    ? { ...value, "sonobuoy-config": { ...(value["sonobuoy-config"] satisfies JsonObject), "plugin-name": name } }
    : value;
