import { isKnownError, KnownError } from "../../core/contract/known-error.ts";
import { isJsonObject, type JsonObject } from "../../core/contract/json.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { parseDuration } from "../run/duration.ts";

/** As typed: `--plugin-env plugin.NAME=value` (an empty value removes it), `--plugin-image plugin:image` and `--plugin-timeout plugin=duration`. */
export type Overrides = { readonly variables: readonly string[]; readonly images: readonly string[]; readonly timeouts?: readonly string[] };

/** A variable's new value; empty where it is to go. */
export type VariableChange = { readonly name: string; readonly value: string };

/** The definitions with the overrides applied, and what of them is for the aggregator. */
export type Overridden = { readonly definitions: readonly PluginDefinition[]; readonly aggregator: readonly VariableChange[] };

/** Applies the overrides; one KnownError for all that are malformed or name a plugin that isn't there. */
export function overridePlugins(definitions: readonly PluginDefinition[], { variables, images, timeouts = [] }: Overrides): Overridden {
  const parsed = [
    ...variables.map((text) => parseVariable(text, definitions)),
    ...images.map((text) => parseImage(text, definitions)),
    ...timeouts.map((text) => parseTimeout(text, definitions)),
  ];
  const problems = parsed.filter((each) => typeof each === "string");
  if (problems.length > 0)
    throw new KnownError("wrong-usage", problems.join("\n"), { hint: `The plugins of this run: ${definitions.map(({ name }) => name).join(", ")}.` });
  const changes = parsed.filter((each) => typeof each !== "string");
  return {
    definitions: definitions.map((definition) =>
      changes.reduce((changed, change) => ("change" in change && change.plugin === definition.name ? change.change(changed) : changed), definition),
    ),
    aggregator: changes.flatMap((change) => ("aggregator" in change ? [change.aggregator] : [])),
  };
}

type Change = { readonly plugin: string; readonly change: (definition: PluginDefinition) => PluginDefinition } | { readonly aggregator: VariableChange };

/** A change, or what is wrong with it. A plugin's name may hold dots, so the longest name that fits is meant. */
function parseVariable(text: string, definitions: readonly PluginDefinition[]): Change | string {
  const equals = text.indexOf("=");
  const left = text.slice(0, equals);
  const plugin = [...definitions.map(({ name }) => name), ...aggregatorNames]
    .filter((name) => left.startsWith(`${name}.`))
    .toSorted((one, other) => other.length - one.length)[0];
  if (equals < 0 || !/.\../.test(left)) return `--plugin-env ${text}: is not of the form PLUGIN.NAME=VALUE.`;
  if (plugin === undefined) return unknownPlugin(`--plugin-env ${text}`, left.slice(0, left.indexOf(".")));
  const variable = { name: left.slice(plugin.length + 1), value: text.slice(equals + 1) };
  if (definitions.some(({ name }) => name === plugin)) return { plugin, change: changeContainer((container) => setVariable(container, variable)) };
  return podVariables.includes(variable.name) ? `--plugin-env ${text}: the aggregator needs ${variable.name} as it is.` : { aggregator: variable };
}

/** What stands for the aggregator where no plugin is called so; Sonobuoy says `sonobuoy`. */
const aggregatorNames = ["aggregator", "sonobuoy"];
const podVariables = ["POD_NAME", "POD_NAMESPACE", "POD_IP", "POD_IPS"];

const changeContainer =
  (change: (container: JsonObject) => JsonObject) =>
  (definition: PluginDefinition): PluginDefinition => ({ ...definition, container: change(definition.container) });

/** A container, a plugin's or the aggregator's, with one variable set, replaced or removed. */
export function setVariable(container: JsonObject, { name, value }: VariableChange): JsonObject {
  const env = container["env"];
  const others = (Array.isArray(env) ? env.filter(isJsonObject) : []).filter((variable) => variable["name"] !== name);
  return { ...container, env: value === "" ? others : [...others, { name, value }] };
}

function parseImage(text: string, definitions: readonly PluginDefinition[]): Change | string {
  const colon = text.indexOf(":");
  const [plugin, image] = [text.slice(0, colon), text.slice(colon + 1)];
  if (colon < 1 || image === "") return `--plugin-image ${text}: is not of the form PLUGIN:IMAGE.`;
  if (!definitions.some(({ name }) => name === plugin)) return unknownPlugin(`--plugin-image ${text}`, plugin);
  if (/\s|:\/\//.test(image)) return `--plugin-image ${text}: ${image} is no name of an image.`;
  return { plugin, change: changeContainer((container) => ({ ...container, image })) };
}

function parseTimeout(text: string, definitions: readonly PluginDefinition[]): Change | string {
  const equals = text.indexOf("=");
  const [plugin, duration] = [text.slice(0, equals), text.slice(equals + 1)];
  if (equals < 1) return `--plugin-timeout ${text}: is not of the form PLUGIN=DURATION.`;
  if (!definitions.some(({ name }) => name === plugin)) return unknownPlugin(`--plugin-timeout ${text}`, plugin);
  try {
    const timeoutSeconds = Math.ceil(parseDuration("--plugin-timeout", duration, text));
    return { plugin, change: (definition) => ({ ...definition, timeoutSeconds }) };
  } catch (error) {
    if (!isKnownError(error)) throw error;
    return `${error.message} ${error.hint ?? ""}`;
  }
}

const unknownPlugin = (where: string, plugin: string): string => `${where}: there is no plugin "${plugin}" in this run.`;
