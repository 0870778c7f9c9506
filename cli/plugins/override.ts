import { KnownError } from "../../core/contract/known-error.ts";
import { isJsonObject, type JsonObject } from "../../core/contract/json.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";

/** As typed: `--plugin-env plugin.NAME=value` (an empty value removes it) and `--plugin-image plugin:image`. */
export type Overrides = { readonly variables: readonly string[]; readonly images: readonly string[] };

/** The definitions with the overrides applied; one KnownError for all that are malformed or name a plugin that isn't there. */
export function overridePlugins(definitions: readonly PluginDefinition[], { variables, images }: Overrides): readonly PluginDefinition[] {
  const parsed = [...variables.map((text) => parseVariable(text, definitions)), ...images.map((text) => parseImage(text, definitions))];
  const problems = parsed.filter((each) => typeof each === "string");
  if (problems.length > 0)
    throw new KnownError("wrong-usage", problems.join("\n"), { hint: `The plugins of this run: ${definitions.map(({ name }) => name).join(", ")}.` });
  const changes = parsed.filter((each) => typeof each !== "string");
  return definitions.map((definition) => {
    const container = changes.filter(({ plugin }) => plugin === definition.name).reduce((changed, { change }) => change(changed), definition.container);
    return { ...definition, container };
  });
}

type Change = { readonly plugin: string; readonly change: (container: JsonObject) => JsonObject };

/** A change, or what is wrong with it. A plugin's name may hold dots, so the longest name that fits is meant. */
function parseVariable(text: string, definitions: readonly PluginDefinition[]): Change | string {
  const equals = text.indexOf("=");
  const left = text.slice(0, equals);
  const plugin = definitions
    .map(({ name }) => name)
    .filter((name) => left.startsWith(`${name}.`))
    .toSorted((one, other) => other.length - one.length)[0];
  if (equals < 0 || !/.\../.test(left)) return `--plugin-env ${text}: is not of the form PLUGIN.NAME=VALUE.`;
  if (plugin === undefined) return unknownPlugin(`--plugin-env ${text}`, left.slice(0, left.indexOf(".")));
  const name = left.slice(plugin.length + 1);
  const value = text.slice(equals + 1);
  return { plugin, change: (container) => ({ ...container, env: setVariable(container["env"], name, value) }) };
}

function setVariable(env: JsonObject[string], name: string, value: string): readonly JsonObject[] {
  const others = (Array.isArray(env) ? env.filter(isJsonObject) : []).filter((variable) => variable["name"] !== name);
  return value === "" ? others : [...others, { name, value }];
}

function parseImage(text: string, definitions: readonly PluginDefinition[]): Change | string {
  const colon = text.indexOf(":");
  const [plugin, image] = [text.slice(0, colon), text.slice(colon + 1)];
  if (colon < 1 || image === "") return `--plugin-image ${text}: is not of the form PLUGIN:IMAGE.`;
  if (!definitions.some(({ name }) => name === plugin)) return unknownPlugin(`--plugin-image ${text}`, plugin);
  return { plugin, change: (container) => ({ ...container, image }) };
}

const unknownPlugin = (where: string, plugin: string): string => `${where}: there is no plugin "${plugin}" in this run.`;
