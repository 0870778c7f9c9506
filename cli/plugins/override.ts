import { KnownError } from "../../core/contract/known-error.ts";
import { isJsonObject, type JsonObject } from "../../core/contract/json.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";

/** As typed: `--plugin-env plugin.NAME=value` (an empty value removes it) and `--plugin-image plugin:image`. */
export type Overrides = { readonly variables: readonly string[]; readonly images: readonly string[] };

/** The definitions with the overrides applied; KnownError for one that is malformed or names a plugin that isn't there. */
export function overridePlugins(definitions: readonly PluginDefinition[], { variables, images }: Overrides): readonly PluginDefinition[] {
  const changes = [...variables.map((text) => parseVariable(text, definitions)), ...images.map((text) => parseImage(text, definitions))];
  return definitions.map((definition) => {
    const container = changes.filter(({ plugin }) => plugin === definition.name).reduce((changed, { change }) => change(changed), definition.container);
    return { ...definition, container };
  });
}

type Change = { readonly plugin: string; readonly change: (container: JsonObject) => JsonObject };

/** A plugin's name may hold dots, so the longest name that fits is meant. */
function parseVariable(text: string, definitions: readonly PluginDefinition[]): Change {
  const equals = text.indexOf("=");
  const left = text.slice(0, equals);
  const plugin = definitions
    .map(({ name }) => name)
    .filter((name) => left.startsWith(`${name}.`))
    .toSorted((one, other) => other.length - one.length)[0];
  if (equals < 0 || !/.\../.test(left)) throw new KnownError("wrong-usage", `--plugin-env ${text}: is not of the form PLUGIN.NAME=VALUE.`);
  if (plugin === undefined) throw unknownPlugin(`--plugin-env ${text}`, left.slice(0, left.indexOf(".")), definitions);
  const name = left.slice(plugin.length + 1);
  const value = text.slice(equals + 1);
  return { plugin, change: (container) => ({ ...container, env: setVariable(container["env"], name, value) }) };
}

function setVariable(env: JsonObject[string], name: string, value: string): readonly JsonObject[] {
  const others = (Array.isArray(env) ? env.filter(isJsonObject) : []).filter((variable) => variable["name"] !== name);
  return value === "" ? others : [...others, { name, value }];
}

function parseImage(text: string, definitions: readonly PluginDefinition[]): Change {
  const colon = text.indexOf(":");
  const [plugin, image] = [text.slice(0, colon), text.slice(colon + 1)];
  if (colon < 1 || image === "") throw new KnownError("wrong-usage", `--plugin-image ${text}: is not of the form PLUGIN:IMAGE.`);
  if (!definitions.some(({ name }) => name === plugin)) throw unknownPlugin(`--plugin-image ${text}`, plugin, definitions);
  return { plugin, change: (container) => ({ ...container, image }) };
}

const unknownPlugin = (where: string, plugin: string, definitions: readonly PluginDefinition[]): KnownError =>
  new KnownError("unknown-plugin", `${where}: there is no plugin "${plugin}" in this run.`, {
    hint: `Its plugins: ${definitions.map(({ name }) => name).join(", ")}.`,
  });
