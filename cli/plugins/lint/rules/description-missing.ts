import { configOf, type LintRule } from "../lint-rule.ts";

/** Without a description lists show a name only. */
export const descriptionMissing: LintRule = {
  code: "description-missing",
  severity: "warning",
  find: (plugin) => {
    const { description } = configOf(plugin);
    if (typeof description === "string" && description.trim() !== "") return [];
    return [
      {
        path: ["sonobuoy-config", "description"],
        message: "is missing",
        remedy: "Say in one sentence what the plugin finds out; `asdic plugins list` shows it.",
      },
    ];
  },
};
