import type { JsonObject } from "../../contract/json.ts";
import { camelWords } from "../names/camel-words.ts";
import { keyKinds } from "../names/name-words.ts";
import type { Sense } from "../names/secret-name.ts";
import { senseOf } from "../names/secret-name.ts";

/** What a pair such as {name: "DB_PASSWORD", value: "…"} says about its value, whatever the two are called; so does the name of the field in which {value: "…"} stands, and Terraform's mark. */
export function senseOfNamed(object: JsonObject, parent: string | undefined): Sense | undefined {
  if (
    object["sensitive"] === true ||
    (object["result"] !== undefined && (object["bcrypt_hash"] !== undefined || object["min_upper"] !== undefined || typeof object["length"] === "number"))
  )
    return "password";
  for (const field of nameFields) {
    const name = object[field];
    if (typeof name !== "string") continue;
    if (/^(?:proxy-authorization|authorization|(?:set-)?cookie)$/i.test(name)) return "secret";
    const sense = senseOf(name);
    if (sense !== undefined) return sense;
  }
  return parent === undefined ? undefined : senseOf(parent);
}

const valueFields: ReadonlySet<string> = new Set([
  "value",
  "Value",
  "val",
  "default",
  "content",
  "data",
  "stringValue",
  "defaultValue",
  "plaintext",
  "plainText",
  "inline_string",
  "inlineString",
  "result",
]);
const nameFields = ["name", "key", "id", "Name", "Key", "ParameterKey", "field", "variable", "type"];

/** Whether a field is one that `senseOfNamed` speaks of. */
export const isValueField = (key: string): boolean => valueFields.has(key);

/** Whether a field is one that `senseOfPlaced` speaks of. */
export const isPlacedField = (key: string): boolean => key === "key" || key === "Key" || key === "community";

/** What a placed field holds, which is only called key or community, in an object whose name says for what it is. */
export function senseOfPlaced(key: string, parent: string | undefined): Sense | undefined {
  if (parent === undefined) return undefined;
  if (key === "community") return /snmp/i.test(parent) ? "label" : undefined;
  return keyOwners.test(parent) ? "hint" : undefined;
}

const keyOwners = /^(?:api|jwt|jws|encryption|signing|hmac|aes|master|license|crypto|.*binding)$/i;

/** What a map's name says about each of its strings: passwords: {admin: …}, tokens: {ci: …}. */
export function senseOfMap(name: string): Sense | undefined {
  if (name === "bearer") return "hint";
  if (!/[sh]$/.test(name) || !/(?:passwords|passwds|tokens|keys|oauth|secrets|credentials)$/i.test(name) || name.includes("/")) return undefined;
  const words = camelWords(name);
  const last = words.at(-1) ?? "";
  if (last === "passwords" || last === "passwds") return "password";
  const before = words.at(-2) ?? "";
  if (words.length === 1 && last === "secrets") return "member";
  return last !== "keys" || (before !== "secret" && keyKinds.has(before)) ? "hint" : undefined;
}

/** Whether a field of such a map says something about it instead: its type, its name, how long it lives. */
export const isAboutMap = (key: string): boolean =>
  /(?:name|type|kind|enabled|ttl|path|file|url|uri|issuer|algorithm|description|format|size|version|id|ref|host|audience|namespace|user|login|region|provider|store|backend|prefix|existingsecret|secret|key|template|policy)$/i.test(
    key,
  );
