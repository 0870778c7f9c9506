import { containersOf, namedItemsOf } from "../../containers-of.ts";
import type { LintRule } from "../lint-rule.ts";

/** A variable's name that no API server takes. */
export const envNameInvalid: LintRule = {
  code: "env-name-invalid",
  severity: "error",
  find: ({ document }) =>
    containersOf(document).flatMap(({ path, value }) =>
      namedItemsOf(value["env"])
        .filter(({ name }) => !isVariableName(name))
        .map(({ index, name }) => ({
          path: [...path, "env", index, "name"],
          message: `${JSON.stringify(name)} can't be a variable's name`,
          remedy: "Use letters, digits and '_', and begin with a letter.",
        })),
    ),
};

/** As Kubernetes has it since version 1.32: printable ASCII without '='. */
export const isVariableName = (name: string): boolean => /^[ -<>-~]+$/.test(name);
