import { containersOf, namedItemsOf } from "../../containers-of.ts";
import type { LintRule } from "../lint-rule.ts";
import { isVariableName } from "./env-name-invalid.ts";

/** A variable's name that only newer servers take, and no shell can read. */
export const envNameUnportable: LintRule = {
  code: "env-name-unportable",
  severity: "warning",
  find: ({ document }) =>
    containersOf(document).flatMap(({ path, value }) =>
      namedItemsOf(value["env"])
        .filter(({ name }) => isVariableName(name) && !/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name))
        .map(({ index, name }) => ({
          path: [...path, "env", index, "name"],
          message: `${JSON.stringify(name)} is refused by Kubernetes before version 1.32`,
          remedy: "Use letters, digits and '_', and begin with a letter.",
        })),
    ),
};
