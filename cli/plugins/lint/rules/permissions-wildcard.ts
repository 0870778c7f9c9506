import type { PolicyRule } from "../../../../core/contract/plugin-definition.ts";
import type { LintRule } from "../lint-rule.ts";

/** A rule of the plugin's account that grants more than anybody has thought of: Secrets, or what is installed later. */
export const permissionsWildcard: LintRule = {
  code: "permissions-wildcard",
  severity: "warning",
  find: ({ definition }) =>
    (["namespace", "cluster"] as const).flatMap((scope) =>
      (definition?.permissions?.[scope] ?? []).flatMap((rule, index) =>
        wildcardsOf(rule).map((field) => ({
          path: ["permissions", scope, index, field],
          message: "the wildcard grants more than a plugin needs",
          remedy: `Name the ${words[field]} that it uses.`,
        })),
      ),
    ),
};

const words = { apiGroups: "API groups", resources: "resources", nonResourceURLs: "paths", verbs: "verbs" } as const;

const wildcardsOf = (rule: PolicyRule): readonly (keyof typeof words)[] =>
  (["apiGroups", "resources", "nonResourceURLs", "verbs"] as const).filter((field) => rule[field]?.includes("*") === true);
