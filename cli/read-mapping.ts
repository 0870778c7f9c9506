import { isJsonObject, type JsonObject } from "../core/contract/json.ts";
import { renderSafeText } from "./terminal/safe-text.ts";
import { readDocuments, type PluginDocument } from "./plugins/read-document.ts";

/** The one mapping of a YAML or JSON file and where its parts stand, or a line for each thing that is wrong: `file:line:column: what`. */
export function readMapping(text: string, source: string): Mapping | { readonly problems: readonly string[] } {
  const [document, second] = readDocuments(text, source);
  if (document === undefined) return { problems: [`${source}: is empty`] };
  if ("problems" in document)
    return {
      problems: document.problems.map(({ line, column, message }) =>
        line === undefined || column === undefined ? `${source}: ${message}` : placeText(source, { line, column }) + message,
      ),
    };
  const { value, placeOf } = document;
  if (!isJsonObject(value)) return { problems: [`${placeText(source, placeOf([]))}must be a mapping of names to values`] };
  if (second !== undefined) return { problems: [`${source}: holds more than one document`] };
  return { value, at: (path, message) => renderSafeText(placeText(source, placeOf(path)) + message) };
}

/** `at` puts the place of a part in front of what is wrong with it. */
export type Mapping = { readonly value: JsonObject; readonly at: (path: readonly (string | number)[], message: string) => string };

const placeText = (source: string, { line, column }: ReturnType<PluginDocument["placeOf"]>): string => `${source}:${line}:${column}: `;
