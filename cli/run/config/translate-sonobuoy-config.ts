import { isJsonObject, type Json } from "../../../core/contract/json.ts";
import { nearestName } from "../../../core/contract/nearest-name.ts";
import type { Mapping } from "../../read-mapping.ts";
import { cutText } from "../../../core/contract/text-width.ts";
import type { FlagValue } from "./config-key.ts";
import type { ConfigFile } from "./parse-own-config.ts";
import { sonobuoyFields, type Meaning } from "./sonobuoy-fields.ts";

/** Sonobuoy's config as ours, with a note for every field that says something and means nothing, or not the same, here; or a line for each thing that is wrong. */
export function translateSonobuoyConfig({ value, at }: Mapping): ConfigFile | { readonly problems: readonly string[] } {
  const flags = new Map<string, FlagValue>();
  const notes = new Map<string, readonly string[]>();
  const problems: string[] = [];
  const note = (name: string, text: string): void => void notes.set(text, [...(notes.get(text) ?? []), name]);
  for (const { path, given } of listFields(value)) {
    const name = path.join(".");
    const field = fieldNames.find((known) => known.toLowerCase() === name.toLowerCase());
    if (field === undefined) problems.push(at(path, `${name}: ${describeUnknown(name)}`));
    if (field === undefined || (isEmpty(given) && !(field === "Plugins" && Array.isArray(given)))) continue;
    const meaning: Meaning = sonobuoyFields[field]?.(given) ?? {
      problem: `is ${cutText(JSON.stringify(given), 40)}, which Sonobuoy doesn't take there either`,
    };
    if (meaning.problem !== undefined) problems.push(at(path, `${name}: ${meaning.problem}`));
    if (meaning.note !== undefined) note(name, meaning.note);
    for (const [setting, flag] of Object.entries(meaning.flags ?? {})) flags.set(setting, flag);
  }
  // In Sonobuoy the name of the Secret that is made of the file; here that has a name of its own.
  if (flags.has("e2eDockerConfigFile") && flags.delete("imagePullSecret"))
    note("ImagePullSecrets", "the Secret is made from E2EDockerConfigFile, under a name of asdic's");
  if (!flags.has("plugin")) note("Plugins", "without names there asdic's own plugins run, and not e2e and systemd-logs, unless --plugin names others");
  return problems.length > 0 ? { problems } : { flags, notes: [...notes].map(([text, names]) => `${names.join(", ")}: ${text}.`) };
}

const fieldNames = Object.keys(sonobuoyFields);

type Field = { readonly path: readonly string[]; readonly given: Json };

/** The fields of Server are looked at one by one. */
const listFields = (value: Mapping["value"]): readonly Field[] =>
  Object.entries(value).flatMap(([name, given = null]): readonly Field[] =>
    name.toLowerCase() === "server" && isJsonObject(given)
      ? Object.entries(given).map(([inner, content = null]) => ({ path: [name, inner], given: content }))
      : [{ path: [name], given }],
  );

/** What Sonobuoy takes for not given. An empty list of plugins is none at all. */
const isEmpty = (given: Json): boolean =>
  given === null || given === "" || given === false || (Array.isArray(given) && given.length === 0) || (isJsonObject(given) && Object.keys(given).length === 0);

function describeUnknown(name: string): string {
  if (name.toLowerCase() === "server") return "must be a mapping";
  const nearest = nearestName(name, fieldNames);
  return `is no field of Sonobuoy's config${nearest === undefined ? "" : `; did you mean ${nearest}?`}`;
}
