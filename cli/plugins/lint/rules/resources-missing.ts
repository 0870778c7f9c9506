import { isJsonObject } from "../../../../core/contract/json.ts";
import { containersOf } from "../../containers-of.ts";
import type { LintRule } from "../lint-rule.ts";

/** A container that asks for nothing is the first to be evicted, and a namespace with a quota refuses it. */
export const resourcesMissing: LintRule = {
  code: "resources-missing",
  severity: "warning",
  find: ({ document }) =>
    containersOf(document)
      .filter(({ path }) => path.length === 1)
      .flatMap(({ path, value: { resources } }) => {
        const given = isJsonObject(resources) ? { ...read(resources["limits"]), ...read(resources["requests"]) } : {};
        const missing = ["cpu", "memory"].filter((name) => given[name] === undefined);
        if (missing.length === 0) return [];
        return [
          {
            path: [...path, "resources"],
            message: `asks for no ${missing.join(" and no ")}, so it is evicted first when a node runs short, and refused where there is a quota`,
            remedy: "Add resources.requests, e.g. {cpu: 50m, memory: 64Mi}.",
          },
        ];
      }),
};

const read = (value: unknown): { readonly [name: string]: unknown } => (typeof value === "object" && value !== null ? { ...value } : {});
