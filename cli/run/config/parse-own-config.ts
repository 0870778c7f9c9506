import { isJsonObject, type Json } from "../../../core/contract/json.ts";
import { nearestName } from "../../../core/contract/nearest-name.ts";
import type { Mapping } from "../../read-mapping.ts";
import { configKeys, type ConfigKey, type FlagValue } from "./config-key.ts";

/** What a config file says: flags by their names, and what a person should know about it, a sentence each. */
export type ConfigFile = { readonly flags: ReadonlyMap<string, FlagValue>; readonly notes: readonly string[] };

/** A config file of ours, or a line for each thing that is wrong, with its place. A setting without a value is as if it weren't there. */
export function parseOwnConfig({ value, at }: Mapping): ConfigFile | { readonly problems: readonly string[] } {
  const flags = new Map<string, FlagValue>();
  const problems: string[] = [];
  for (const [name, given] of Object.entries(value)) {
    const key = configKeys.find((known) => known.name === name);
    if (key === undefined) problems.push(at([name], `${name}: ${describeUnknown(name)}`));
    if (key === undefined || given === null || given === undefined) continue;
    const flag = parseValue(key, given);
    if (typeof flag === "object" && "problem" in flag) problems.push(at([name, ...flag.path], `${name}: ${flag.problem}`));
    else flags.set(name, flag);
  }
  return problems.length > 0 ? { problems } : { flags, notes: [] };
}

function describeUnknown(name: string): string {
  const nearest = nearestName(
    name,
    configKeys.map((key) => key.name),
  );
  return `is no setting of a run; ${nearest === undefined ? "`asdic gen config` shows those that there are" : `did you mean ${nearest}?`}`;
}

type Wrong = { readonly path: readonly (string | number)[]; readonly problem: string };

function parseValue(key: ConfigKey, given: Json): FlagValue | Wrong {
  if (key.takes === "list") return parseList(key, given);
  if (typeof given === "boolean" && key.takes !== "text") return given;
  const text = readText(given);
  if (key.takes === "switch" || text === undefined) return { path: [], problem: `must be ${wanted[key.takes]}` };
  const choices = key.option.argChoices;
  if (choices !== undefined && !choices.includes(text)) return { path: [], problem: `is ${JSON.stringify(text)}, and must be one of ${choices.join(", ")}` };
  return text;
}

const wanted = { switch: "true or false", text: "text", either: "text, true or false", list: "a list of texts" } as const;

function parseList({ separator }: ConfigKey, given: Json): FlagValue | Wrong {
  const isPairs = separator !== undefined && isJsonObject(given);
  const items = isPairs ? Object.entries(given) : (Array.isArray(given) ? given : [given]).map((item, index) => [index, item] as const);
  const texts = items.map(([place, item]) => {
    const text = readText(item ?? (isPairs ? "" : null));
    return text === undefined || !isPairs ? text : `${place}${separator}${text}`;
  });
  const wrong = texts.indexOf(undefined);
  if (wrong < 0) return texts.filter((text) => text !== undefined);
  return { path: Array.isArray(given) || isPairs ? [items[wrong]?.[0] ?? 0] : [], problem: `must be ${isPairs ? "a mapping of names to texts" : wanted.list}` };
}

/** Whole numbers are as clear as text; of others YAML has forgotten how they were written. */
const readText = (given: Json): string | undefined =>
  typeof given === "string" ? given : typeof given === "number" && Number.isSafeInteger(given) ? String(given) : undefined;
