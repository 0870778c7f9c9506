import { containersOf } from "../../containers-of.ts";
import type { LintRule } from "../lint-rule.ts";

/** An image that is another one tomorrow. */
export const imageTagMissing: LintRule = {
  code: "image-tag-missing",
  severity: "warning",
  find: ({ document }) =>
    containersOf(document).flatMap(({ path, value: { image } }) => {
      const problem = typeof image === "string" && image !== "" ? findProblem(image) : undefined;
      if (problem === undefined) return [];
      return [{ path: [...path, "image"], message: `${problem}, so that two runs may run two different programs`, remedy: "Name a version, or a digest." }];
    }),
};

/** `$ASDIC_IMAGE` and `$SONOBUOY_K8S_VERSION` are replaced, and by versions. */
function findProblem(image: string): string | undefined {
  if (image.includes("@sha256:") || /\$\{?ASDIC_IMAGE\}?/.test(image)) return undefined;
  const [, tag] = /:([^/:]*)$/.exec(image) ?? [];
  if (tag === undefined) return "has no tag, which means latest";
  return tag === "latest" ? "has the tag latest" : undefined;
}
