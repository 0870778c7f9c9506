import { isJsonObject, type JsonObject } from "../../../core/contract/json.ts";
import type { DocumentProblem, PluginDefinition } from "../../../core/contract/plugin-definition.ts";

/** error: it can't run. warning: it can, and somebody will be sorry. note: worth knowing, and nobody's mistake. */
export type Severity = "error" | "warning" | "note";

/** A plugin's file as the rules see it; `definition` is there only if nothing keeps it from being parsed. */
export type LintedPlugin = { readonly source: string; readonly document: JsonObject; readonly definition: PluginDefinition | undefined };

/** One thing that can be found in a plugin's file; each is a file of its own in rules/. */
export type LintRule = {
  /** In kebab-case, as its file is called. */
  readonly code: string;
  readonly severity: Severity;
  /** `before` are the plugins that were given ahead of this one. */
  readonly find: (plugin: LintedPlugin, before: readonly LintedPlugin[]) => readonly RuleFinding[];
};

/** `path` leads from the document's root, `message` goes on after it, `remedy` is a sentence of what to do. */
export type RuleFinding = DocumentProblem & { readonly remedy: string };

/** The part of the document that says how the plugin is run. */
export const configOf = ({ document }: LintedPlugin): JsonObject => {
  const config = document["sonobuoy-config"];
  return isJsonObject(config) ? config : {};
};
