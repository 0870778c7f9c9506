import { isJsonObject, type Json } from "../../core/contract/json.ts";
import type { DocumentProblem } from "../../core/contract/plugin-definition.ts";
import { containersOf, listOf } from "./containers-of.ts";

/**
 * Environment variables whose value the API server would refuse when the pod is made, long after `run` has ended: YAML's 5 and yes are
 * no texts.
 */
export function findVariableProblems(value: Json): readonly DocumentProblem[] {
  if (!isJsonObject(value)) return [];
  return containersOf(value).flatMap(({ path, value: container }) =>
    listOf(container["env"]).flatMap((variable, index) => {
      const given = isJsonObject(variable) ? variable["value"] : undefined;
      if (given === undefined || given === null || typeof given === "string") return [];
      return [{ path: [...path, "env", index, "value"], message: "must be text; put it in quotes" }];
    }),
  );
}
