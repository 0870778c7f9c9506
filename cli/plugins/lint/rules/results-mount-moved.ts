import { podPaths } from "../../../../core/contract/names.ts";
import { containersOf, namedItemsOf } from "../../containers-of.ts";
import type { LintRule } from "../lint-rule.ts";

/** A mount of the volume results at another path than the results folder: it is corrected, and a program that writes to the old path writes into nothing. */
export const resultsMountMoved: LintRule = {
  code: "results-mount-moved",
  severity: "warning",
  find: ({ document, definition }) => {
    if (definition === undefined) return [];
    const variables = namedItemsOf(definition.container["env"]);
    const named = ["SONOBUOY_RESULTS_DIR", "RESULTS_DIR"].map((wanted) => variables.find(({ name }) => name === wanted)?.value["value"]);
    const folder = named.find((value) => typeof value === "string" && value.startsWith("/")) ?? podPaths.results;
    // Init containers keep their mounts.
    const corrected = containersOf(document).filter(({ path }) => !path.includes("initContainers"));
    return corrected.flatMap(({ path, value }) =>
      namedItemsOf(value["volumeMounts"])
        .filter(({ name, value: mount }) => name === "results" && mount["mountPath"] !== folder)
        .map(({ index }) => ({
          path: [...path, "volumeMounts", index],
          message: `the volume results is mounted at ${String(folder)} whatever is written here`,
          remedy: "Remove the mount, and write to $SONOBUOY_RESULTS_DIR; or set RESULTS_DIR to this path.",
        })),
    );
  },
};
