import { parsePluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";

/** The smallest plugin of Sonobuoy's format. */
export function definePlugin(name: string, driver: "Job" | "DaemonSet"): PluginDefinition {
  const parsed = parsePluginDefinition({ "sonobuoy-config": { driver, "plugin-name": name }, spec: { image: "x" } });
  if (!("definition" in parsed)) throw new Error(JSON.stringify(parsed.problems));
  return parsed.definition;
}
