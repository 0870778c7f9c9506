import type { JsonObject } from "../../../core/contract/json.ts";
import type { PluginDefinition } from "../../../core/contract/plugin-definition.ts";
import { setVariable } from "../../plugins/override.ts";
import { variableOf } from "./variable-of.ts";

/**
 * The definitions as they were changed, with those of the suite's own arguments that a new E2E_EXTRA_ARGS doesn't give itself put in front of it: without
 * them there would be no progress and no credentials. An E2E_EXTRA_ARGS that was removed stays so.
 */
export const keepSuiteArguments = (before: readonly PluginDefinition[], changed: readonly PluginDefinition[]): readonly PluginDefinition[] =>
  changed.map((definition) => {
    const kept = findKept(before.find(({ name }) => name === definition.name)?.container, definition.container);
    return kept === undefined ? definition : { ...definition, container: setVariable(definition.container, { name: variable, value: kept }) };
  });

const variable = "E2E_EXTRA_ARGS";
const ownArguments = /^(--(?:progress-report-url|e2e-docker-config-file))=/;

function findKept(before: JsonObject = {}, container: JsonObject): string | undefined {
  const [old, now] = [variableOf(before, variable), variableOf(container, variable)];
  if (old === undefined || now === undefined || now === old) return undefined;
  const separator = variableOf(container, `${variable}_SEP`) ?? " ";
  const given = now.split(separator);
  const missing = old.split(" ").filter((argument) => {
    const [, flag] = ownArguments.exec(argument) ?? [];
    return flag !== undefined && !given.some((other) => other.replace(/^-(?!-)/, "--").split("=", 1)[0] === flag);
  });
  return missing.length === 0 ? undefined : [...missing, now].join(separator);
}
