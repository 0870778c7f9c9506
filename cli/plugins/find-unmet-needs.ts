import { findNeedProblems } from "../../core/contract/plugin-needs.ts";
import type { PluginProblem } from "./problem.ts";
import type { ResolvedPlugin } from "./resolve.ts";

/** What is wrong with the needs of a run's plugins among each other, each where it stands. */
export const findUnmetNeeds = (plugins: readonly ResolvedPlugin[]): readonly PluginProblem[] =>
  findNeedProblems(plugins.map(({ definition }) => definition)).flatMap(({ plugin, index, message }) => {
    const path = ["needs", index];
    return plugins
      .filter(({ definition }) => definition.name === plugin)
      .map(({ source, placeOf }) => ({ source, ...placeOf?.(path), path: path.join("."), message }));
  });
