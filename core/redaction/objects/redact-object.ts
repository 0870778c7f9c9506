import type { Json, JsonObject } from "../../contract/json.ts";
import { hidden } from "../names/is-harmless.ts";
import { isLogin } from "../names/is-login.ts";
import { isPlausible } from "../names/is-plausible.ts";
import type { Sense } from "../names/secret-name.ts";
import type { Place, Redactor } from "../redactor.ts";
import { count } from "../tally.ts";
import { matchUserPath } from "../user-rules/match-user-path.ts";
import { hideIdentity } from "../identities/hide-identity.ts";
import { hideArguments } from "./hide-arguments.ts";
import { hideFileContent } from "./hide-file-content.ts";
import { hideSecretData, isSecretObject } from "./hide-secret-data.ts";
import { readFieldName, type FieldName } from "./field-name.ts";
import { isAboutMap, senseOfNamed, senseOfPlaced } from "./named-values.ts";

/** A value of JSON without its secrets, of the same shape and types: numbers stay numbers, base64 stays base64. The very same value where there are none. */
export function redactObject(redactor: Redactor, value: Json, place: Place): Json {
  return walk({ redactor, place, path: [], kind: undefined }, value);
}

type Walk = {
  readonly redactor: Redactor;
  readonly place: Place;
  readonly path: readonly string[];
  readonly kind: string | undefined;
  /** What the name of the map around says of its values. */
  readonly mapSense?: Sense | undefined;
  /** The name of the object in which a field stands. */
  readonly parent?: string | undefined;
};

function walk(at: Walk, value: Json): Json {
  if (typeof value === "string") return at.redactor.readString(at.redactor, value, at.place);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return walkList(at, value as readonly Json[]);
  return isRaw(value) ? value : walkFields(at, value as JsonObject);
}

/** A number whose digits are kept as they were written, because it has too many for JavaScript. */
const isRaw = (value: object): boolean => Object.getPrototypeOf(value) === null;
const isLongNumber = (value: Json): boolean => typeof value === "object" && value !== null && isRaw(value);

function walkList(at: Walk, list: readonly Json[]): readonly Json[] {
  const hiddenOnes = hideArguments(list, at.place.tally);
  const inner = { ...at, mapSense: undefined, parent: at.parent === "cookies" ? at.parent : undefined };
  let clean: Json[] | undefined;
  for (const [index, item] of hiddenOnes.entries()) {
    const next = walk(at.redactor.userRules === undefined ? inner : { ...inner, path: [...at.path, String(index)] }, item);
    if (next !== item) (clean ??= [...hiddenOnes])[index] = next;
  }
  return clean ?? hiddenOnes;
}

function walkFields(at: Walk, object: JsonObject): JsonObject {
  const source = isSecretObject(object) ? hideSecretData(object, at) : hideFileContent(object, at.place.tally);
  const kind = typeof source["kind"] === "string" && (source["apiVersion"] !== undefined || at.path.length === 0) ? source["kind"] : at.kind;
  const isKey = typeof source["kty"] === "string";
  const mayBeSecret = isKey || at.mapSense !== undefined;
  const hasRules = at.redactor.userRules !== undefined;
  // Every field of a cluster comes through here: most need nothing but their own value looked at.
  const needsNoMore = !hasRules && at.redactor.identities === undefined;
  let clean: { [key: string]: Json | undefined } | undefined;
  for (const key in source) {
    const value = source[key];
    if (value === undefined || key === "managedFields") continue;
    const name = readFieldName(key);
    const sense = name.isPlain && !mayBeSecret ? undefined : senseOfField(at, source, { key, value, name, isKey });
    const inner = typeof value === "object" || hasRules ? stepInto(at, kind, { key, name }) : at;
    const next = needsNoMore && sense === undefined && key !== "auth" ? walk(inner, value) : walkField(inner, { key, value, sense });
    const nextKey = key.length < longestPlainKey && !at.redactor.hasNames ? key : at.redactor.readString(at.redactor, key, at.place);
    if (next === value && nextKey === key) continue;
    clean ??= { ...source };
    if (nextKey !== key) delete clean[key];
    clean[nextKey] = next;
  }
  return clean ?? source;
}

const longestPlainKey = 20;

const stepInto = ({ redactor, place, path }: Walk, kind: string | undefined, { key, name }: { readonly key: string; readonly name: FieldName }): Walk => ({
  redactor,
  place,
  path: redactor.userRules === undefined ? path : [...path, key],
  kind,
  mapSense: name.mapSense,
  parent: key,
});

type NamedField = { readonly key: string; readonly value: Json; readonly name: FieldName; readonly isKey: boolean };

/** What a field's name and what stands around it say about its value; `isKey` in a JSON Web Key. */
function senseOfField({ parent, mapSense }: Walk, object: JsonObject, { key, value, name, isKey }: NamedField): Sense | undefined {
  if (isKey && name.isPrivatePart) return "password";
  const named = name.isValue && typeof value !== "object" ? senseOfNamed(object, parent) : name.isPlaced ? senseOfPlaced(key, parent) : undefined;
  const inMap = mapSense === undefined || isAboutMap(key) ? undefined : mapSense;
  return named ?? name.sense ?? inMap;
}

type Field = { readonly key: string; readonly value: Json; readonly sense: Sense | undefined };

function walkField(at: Walk, { key, value, sense }: Field): Json {
  const { redactor, place } = at;
  const ruling = matchUserPath(redactor.userRules, at);
  if (ruling === "keep") return value;
  if (ruling !== undefined) {
    count(place.tally, ruling);
    return blank(value);
  }
  if (sense !== undefined) {
    const bare = hideNamed(value, sense, place);
    if (bare !== value) return bare;
  }
  if (key === "auth" && typeof value === "string" && isLogin(value)) {
    count(place.tally, "registry-login");
    return hidden;
  }
  const token = redactor.identities === undefined ? undefined : hideIdentity(redactor.identities, { key, value });
  if (token !== undefined) {
    count(place.tally, "identity");
    return token;
  }
  return walk(at, value);
}

/** The value, or the strings of the list, that a secret's name stands for. */
function hideNamed(value: Json, sense: NonNullable<Field["sense"]>, { tally }: Place): Json {
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    const clean = list.map((item) => (typeof item === "string" ? hideNamed(item, sense, { tally, depth: 0 }) : item));
    return clean.some((item, index) => item !== list[index]) ? clean : value;
  }
  const size = typeof value === "number" ? Math.abs(value) : isLongNumber(value) ? Number.MAX_VALUE : 0;
  if (size > 0 && size >= leastHidden[sense]) {
    count(tally, "secret-by-name");
    return 0;
  }
  // What spreads over lines is a file with a content of its own.
  if (typeof value !== "string" || !isPlausible(value, sense, "field") || /^\s*[[{]/.test(value) || /\n.*\S.*\n/s.test(value.slice(0, 4096))) return value;
  count(tally, "secret-by-name");
  return hidden;
}

/** Numbers from which on a field of the sense may be a secret; smaller ones are counts and times. */
const leastHidden = { password: 0, code: 1000, secret: 1e9, label: Infinity, hint: Infinity, member: Infinity } as const;

/** Nothing, of the type that the value has. */
function blank(value: Json): Json {
  if (typeof value === "string") return hidden;
  if (typeof value === "number") return 0;
  if (value === null || typeof value === "boolean") return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(blank);
  return Object.fromEntries(Object.entries(value as JsonObject).map(([key, inner]) => [key, inner === undefined ? inner : blank(inner)]));
}
