import { isJsonObject, type Json, type JsonObject } from "../../core/contract/json.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";

/** The definition with `change` done to each of its containers: the plugin's own, and those of its podSpec. */
export function mapContainers(definition: PluginDefinition, change: (container: JsonObject) => JsonObject): PluginDefinition {
  const { container, podSpec } = definition;
  const inPodSpec = Object.fromEntries(lists.flatMap((list) => (podSpec?.[list] === undefined ? [] : [[list, mapObjects(podSpec[list], change)] as const])));
  return { ...definition, container: change(container), ...(podSpec !== undefined && { podSpec: { ...podSpec, ...inPodSpec } }) };
}

/** The images of all its containers, as they are written. */
export function listImages({ container, podSpec }: PluginDefinition): readonly string[] {
  const others = lists.flatMap((list) => (Array.isArray(podSpec?.[list]) ? podSpec[list].filter(isJsonObject) : []));
  return [container, ...others].map(({ image }) => image).filter((image) => typeof image === "string");
}

const lists = ["containers", "initContainers"];

const mapObjects = (value: Json | undefined, change: (container: JsonObject) => JsonObject): Json | undefined =>
  Array.isArray(value) ? value.map((each) => (isJsonObject(each) ? change(each) : each)) : value;
