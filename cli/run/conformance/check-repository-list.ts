import { readMapping } from "../../read-mapping.ts";

/** What keeps a file's content from being the suite's KUBE_TEST_REPO_LIST, a mapping of names to registries: a line each, with its place. */
export function checkRepositoryList(text: string, where: string): readonly string[] {
  const mapping = readMapping(text, where);
  if ("problems" in mapping) return mapping.problems;
  const wrong = Object.entries(mapping.value).filter(([, registry]) => typeof registry !== "string" || registry === "");
  return wrong.map(([key]) => mapping.at([key], `${key} must be the name of a registry, e.g. registry.example.test/k8s`));
}
