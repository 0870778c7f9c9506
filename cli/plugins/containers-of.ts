import { isJsonObject, type Json, type JsonObject } from "../../core/contract/json.ts";
import type { DocumentProblem } from "../../core/contract/plugin-definition.ts";

/** A container that a plugin's document defines, and where. */
export type ContainerAt = { readonly path: DocumentProblem["path"]; readonly value: JsonObject };

/** The plugin's own container first, then those that its podSpec brings; what is no mapping is left out. */
export const containersOf = (document: JsonObject): readonly ContainerAt[] =>
  [
    { path: ["spec"], value: document["spec"] },
    ...["containers", "initContainers"].flatMap((key) => {
      const podSpec = document["podSpec"];
      return listOf(isJsonObject(podSpec) ? podSpec[key] : undefined).map((value, index) => ({ path: ["podSpec", key, index], value }));
    }),
  ].flatMap(({ path, value }) => (isJsonObject(value) ? [{ path, value }] : []));

/** A list, or an empty one for anything else. */
export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** The mappings of a list of mappings with a name, such as env or volumes, each with its place in the list. */
export const namedItemsOf = (value: Json | undefined): readonly { readonly index: number; readonly name: string; readonly value: JsonObject }[] =>
  listOf(value).flatMap((item, index) => (isJsonObject(item) && typeof item["name"] === "string" ? [{ index, name: item["name"], value: item }] : []));
