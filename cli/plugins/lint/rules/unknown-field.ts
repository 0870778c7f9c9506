import { isJsonObject, type JsonObject } from "../../../../core/contract/json.ts";
import { nearestName } from "../../../../core/contract/nearest-name.ts";
import { pluginDocuments } from "../../../../core/contract/plugin-definition.ts";
import type { LintRule, RuleFinding } from "../lint-rule.ts";

/** A field that Sonobuoy passes over, and so do we in its files; in ours an unknown field is an error of the parser. */
export const unknownField: LintRule = {
  code: "unknown-field",
  severity: "warning",
  find: ({ document }) => {
    if (String(document["apiVersion"]).startsWith("asdic/")) return [];
    const config = document["sonobuoy-config"];
    return [
      ...findIn(document, known, []),
      ...(isJsonObject(config) ? findIn(config, Object.keys(pluginDocuments.sonobuoy.shape["sonobuoy-config"].shape), ["sonobuoy-config"]) : []),
    ];
  },
};

/** Sonobuoy's decoder takes the first two; the rest the parser refuses there. */
const known = [...Object.keys(pluginDocuments.sonobuoy.shape), "apiVersion", "kind", ...Object.keys(pluginDocuments["asdic/v1"].shape)];

/** By convention, a place for anchors. */
const isForAnchors = (key: string): boolean => key.startsWith("x-");

const findIn = (value: JsonObject, fields: readonly string[], path: readonly string[]): readonly RuleFinding[] =>
  Object.keys(value)
    .filter((key) => !fields.includes(key) && !isForAnchors(key))
    .map((key) => {
      const nearest = nearestName(key, fields);
      return {
        path: [...path, key],
        message: "is no field of Sonobuoy's plugin files, and nobody reads it",
        remedy: nearest === undefined ? "Remove it; `asdic plugins schema --sonobuoy` lists the fields." : `Did you mean ${nearest}?`,
      };
    });
