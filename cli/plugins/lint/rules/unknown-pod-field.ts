import { nearestName } from "../../../../core/contract/nearest-name.ts";
import type { LintRule } from "../lint-rule.ts";
import { findShapeProblems } from "../pod-shape.ts";

/** A field of a container or pod that Kubernetes drops without a word. */
export const unknownPodField: LintRule = {
  code: "unknown-pod-field",
  severity: "warning",
  find: ({ document }) =>
    findShapeProblems(document).flatMap((problem) => {
      if (problem.kind !== "unknown") return [];
      const nearest = nearestName(String(problem.path.at(-1)), problem.known);
      return [
        {
          path: problem.path,
          message: "is no field that Kubernetes knows here, and it will drop it",
          remedy: nearest === undefined ? "Remove it, or move it to where it belongs." : `Did you mean ${nearest}?`,
        },
      ];
    }),
};
