import { parseAllDocuments } from "yaml";
import { isJsonObject } from "../../../../core/contract/json.ts";
import type { LintRule } from "../lint-rule.ts";

/** A file under config-map whose name says YAML or JSON and that is none; Sonobuoy refuses it. */
export const configFileBroken: LintRule = {
  code: "config-file-broken",
  severity: "warning",
  find: ({ document }) => {
    const files = document["config-map"];
    return Object.entries(isJsonObject(files) ? files : {})
      .filter(([name, text]) => typeof text === "string" && isBroken(name, text))
      .map(([name]) => ({
        path: ["config-map", name],
        message: `is no ${name.endsWith(".json") ? "JSON" : "YAML"}, though its name says so`,
        remedy: "Correct the text, or give the file another name.",
      }));
  },
};

function isBroken(name: string, text: string): boolean {
  if (!/\.(?:json|ya?ml)$/.test(name)) return false;
  try {
    if (name.endsWith(".json")) return JSON.parse(text) === undefined;
    return [...parseAllDocuments(text, { logLevel: "silent", prettyErrors: false })].some(({ errors }) => errors.length > 0);
  } catch {
    return true;
  }
}
