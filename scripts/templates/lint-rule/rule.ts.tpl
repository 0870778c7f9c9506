import { configOf, type LintRule } from "../lint-rule.ts";

/** Says in one sentence what is wrong with such a file, and what comes of it. */
export const {{camel}}: LintRule = {
  code: "{{kebab}}",
  severity: "warning",
  find: (plugin) =>
    configOf(plugin)["source-url"] === "https://example.test/{{kebab}}"
      ? [{ path: ["sonobuoy-config", "source-url"], message: "goes on after the path of what was found", remedy: "Say what to do about it." }]
      : [],
};
