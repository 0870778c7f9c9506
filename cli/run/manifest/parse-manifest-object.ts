import { isJsonObject, type Json } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { PluginProblem } from "../../plugins/problem.ts";
import type { PluginDocument } from "../../plugins/read-document.ts";
import type { ManifestObject } from "./parse-manifest.ts";

/** A manifest's document as an object with apiVersion, kind and name, or what it lacks. */
export function parseManifestObject({ value, placeOf }: PluginDocument, source: string): ManifestObject | { readonly problems: readonly PluginProblem[] } {
  const problem = (path: readonly string[], message: string): PluginProblem => ({
    source,
    line: placeOf(path).line,
    ...(path.length > 0 && { path: path.join(".") }),
    message,
  });
  if (!isJsonObject(value)) return { problems: [problem([], "is no Kubernetes object: a mapping with apiVersion, kind and metadata is needed")] };
  const metadata = isJsonObject(value["metadata"]) ? value["metadata"] : {};
  const problems = [
    ...["apiVersion", "kind"].filter((key) => !isText(value[key])).map((key) => problem([key], "is needed")),
    ...(isText(metadata["name"]) ? [] : [problem(["metadata", "name"], "is needed")]),
    ...(metadata["namespace"] === undefined || isText(metadata["namespace"]) ? [] : [problem(["metadata", "namespace"], "must be text")]),
    ...["labels", "annotations"].flatMap((key) => findTextProblems(metadata[key], (path, message) => problem(["metadata", key, ...path], message))),
  ];
  return problems.length > 0 ? { problems } : { object: parseObject(value), placeOf };
}

const isText = (value: Json | undefined): boolean => typeof value === "string" && value !== "";

function findTextProblems(texts: Json | undefined, problem: (path: readonly string[], message: string) => PluginProblem): readonly PluginProblem[] {
  if (texts === undefined) return [];
  if (!isJsonObject(texts)) return [problem([], "must be a mapping")];
  return Object.entries(texts).flatMap(([key, text]) => (typeof text === "string" ? [] : [problem([key], "must be text; put it in quotes")]));
}

/** Checked just now. */
const parseObject = (value: Json): KubernetesObject => value as KubernetesObject;
