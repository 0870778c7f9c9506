import type { LintRule } from "../lint-rule.ts";
import { findShapeProblems } from "../pod-shape.ts";

/** A value that no API server can read, such as a command that is no list: the pod is never made. */
export const wrongType: LintRule = {
  code: "wrong-type",
  severity: "error",
  find: ({ document }) =>
    findShapeProblems(document).flatMap((problem) => {
      if (problem.kind !== "type") return [];
      const { path, expected } = problem;
      const remedy = expected === "text" ? "If it is meant as text, put it in quotes." : `Write ${expected} here; the API server refuses the pod otherwise.`;
      return [{ path, message: `must be ${expected}`, remedy }];
    }),
};
