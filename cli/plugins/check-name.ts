import { parsePluginDefinition } from "../../core/contract/plugin-definition.ts";

/** What is wrong with a plugin's name, by the same rule as in a file; undefined where nothing is. */
export function checkName(name: string): string | undefined {
  const parsed = parsePluginDefinition({ "sonobuoy-config": { driver: "Job", "plugin-name": name }, spec: { image: "any" } });
  return "problems" in parsed ? parsed.problems.map(({ message }) => message).join(", ") : undefined;
}
