import { configOf, type LintRule } from "../lint-rule.ts";

/** A name of which only the beginning is seen in the names of pods (design D13). */
export const nameCut: LintRule = {
  code: "name-cut",
  severity: "warning",
  find: (plugin) => {
    const name = configOf(plugin)["plugin-name"];
    if (typeof name !== "string" || name.length <= shown) return [];
    return [
      {
        path: ["sonobuoy-config", "plugin-name"],
        message: `has ${name.length} characters, and pods' names show the first ${shown} of them`,
        remedy: "Choose a shorter name, so that its pods can be told from others.",
      },
    ];
  },
};

const shown = 30;
