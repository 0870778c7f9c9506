import { builtInPlugins } from "../../../../plugins/built-ins.ts";
import { configOf, type LintRule } from "../lint-rule.ts";

/** A name that another of the files, or a plugin of ours, bears too: one run can't have both. */
export const nameTaken: LintRule = {
  code: "name-taken",
  severity: "warning",
  find: (plugin, before) => {
    const name = configOf(plugin)["plugin-name"];
    if (typeof name !== "string") return [];
    const other = before.find((one) => configOf(one)["plugin-name"] === name);
    const isBuiltIn = builtInPlugins.some(({ names }) => names.includes(name));
    if (other === undefined && !isBuiltIn) return [];
    return [
      {
        path: ["sonobuoy-config", "plugin-name"],
        message: `${JSON.stringify(name)} is already the name of ${other === undefined ? "a plugin that comes with asdic" : `the plugin in ${other.source}`}`,
        remedy: "Give it a name of its own, or run it as FILE@another-name.",
      },
    ];
  },
};
