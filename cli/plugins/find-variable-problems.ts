import { isJsonObject, type Json } from "../../core/contract/json.ts";
import type { DocumentProblem } from "../../core/contract/plugin-definition.ts";

/**
 * Environment variables whose value the API server would refuse when the pod is made, long after `run` has ended: YAML's 5 and yes are
 * no texts.
 */
export function findVariableProblems(value: Json): readonly DocumentProblem[] {
  if (!isJsonObject(value)) return [];
  const podSpec = isJsonObject(value["podSpec"]) ? value["podSpec"] : {};
  return [
    ...findInContainer(value["spec"], ["spec"]),
    ...["containers", "initContainers"].flatMap((key) =>
      listOf(podSpec[key]).flatMap((container, index) => findInContainer(container, ["podSpec", key, index])),
    ),
  ];
}

function findInContainer(container: Json | undefined, path: DocumentProblem["path"]): readonly DocumentProblem[] {
  if (!isJsonObject(container)) return [];
  return listOf(container["env"]).flatMap((variable, index) => {
    const given = isJsonObject(variable) ? variable["value"] : undefined;
    if (given === undefined || given === null || typeof given === "string") return [];
    return [{ path: [...path, "env", index, "value"], message: "must be text; put it in quotes" }];
  });
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
