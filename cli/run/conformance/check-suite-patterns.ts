import { KnownError } from "../../../core/contract/known-error.ts";
import type { PluginDefinition } from "../../../core/contract/plugin-definition.ts";
import { checkGoPattern, patternHint } from "../../../plugins/conformance/go-pattern.ts";
import { variableOf } from "./variable-of.ts";

/** KnownError "wrong-usage" for patterns that --plugin-env gives the suite and Go can't read; the suite would end with them minutes later. */
export function checkSuitePatterns(before: readonly PluginDefinition[], changed: readonly PluginDefinition[]): void {
  const problems = changed.flatMap(({ name: plugin, container }) =>
    ["E2E_FOCUS", "E2E_SKIP"].flatMap((name) => {
      const old = before.find((definition) => definition.name === plugin)?.container ?? {};
      const pattern = variableOf(container, name);
      if (pattern === undefined || pattern === variableOf(old, name)) return [];
      return checkGoPattern(`--plugin-env ${plugin}.${name}`, pattern) ?? [];
    }),
  );
  if (problems.length > 0) throw new KnownError("wrong-usage", problems.join("\n"), { hint: patternHint });
}
