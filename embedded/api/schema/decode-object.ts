import type { Json, JsonObject } from "../../../core/contract/json.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../resource-type.ts";
import { badRequest } from "../status-error.ts";
import { decodeScalar } from "./decode-scalar.ts";
import { embeddedStruct, goKind, goName, goTextType, goType } from "./go-type.ts";
import { isDroppedWhenZero } from "./omitted-zeros.ts";
import type { SchemaNode } from "./schema-node.ts";

/**
 * Reads an object as Go's decoder does and gives it back as the API server would write it: unknown fields gone (and named as its strict mode names them), nulls and empty
 * optional fields gone, scalars in canonical form. A value of the wrong type is a StatusError 400.
 */
export function decodeObject(
  type: ResourceType,
  object: KubernetesObject,
  node: SchemaNode | undefined,
): { readonly object: KubernetesObject; readonly unknown: readonly string[] } {
  if (node === undefined) return { object, unknown: [] };
  const reading: Reading = { unknown: [], mistakes: [] };
  const decoded = decode(reading, node, { value: object, path: "", go: "", holder: type.kind, textType: "string" });
  const [mistake] = reading.mistakes;
  if (mistake !== undefined || !isJsonObject(decoded))
    throw badRequest(`${type.kind} in version "${type.version}" cannot be handled as a ${type.kind}: ${mistake ?? "json: it is no object"}`);
  return { object: parseKubernetesObject(decoded), unknown: reading.unknown };
}

type Reading = { readonly unknown: string[]; readonly mistakes: string[] };

/** `path` is how strict errors name the place (with indices), `go` how type errors do (without them, with embedded structs), `holder` the struct that has the field, `textType` what a text is. */
type Place = { readonly value: Json | undefined; readonly path: string; readonly go: string; readonly holder: string; readonly textType: string };

type ObjectPlace = Omit<Place, "value"> & { readonly value: JsonObject };

function decode(reading: Reading, node: SchemaNode, place: Place): Json | undefined {
  const { value } = place;
  if (node.kind === "any") return value;
  if (value === null || value === undefined) return zeroOf(node);
  if (node.kind === "scalar") {
    const decoded = decodeScalar(node.scalar, value);
    if ("mistake" in decoded) reading.mistakes.push(decoded.mistake);
    else if ("expected" in decoded)
      reading.mistakes.push(wrongType(decoded.literal ?? goKind(value), place, decoded.expected === "string" ? place.textType : decoded.expected));
    else return decoded.value;
    return undefined;
  }
  if (node.kind === "list") {
    if (Array.isArray(value))
      return value.map((item: Json, index) => decode(reading, node.items, { ...place, value: item, path: `${place.path}[${index}]` }) ?? null);
  } else if (isJsonObject(value)) {
    return node.kind === "map" ? decodeMap(reading, node.items, { ...place, value }) : decodeFields(reading, node, { ...place, value });
  }
  reading.mistakes.push(wrongType(goKind(value), place, goType(node)));
  return undefined;
}

function decodeMap(reading: Reading, items: SchemaNode, place: ObjectPlace): JsonObject {
  return Object.fromEntries(
    Object.entries(place.value).map(([key, item]) => [key, decode(reading, items, { ...place, value: item, path: `${place.path}.${key}` })]),
  );
}

function decodeFields(reading: Reading, node: SchemaNode & { readonly kind: "object" }, place: ObjectPlace): JsonObject {
  const decoded: Record<string, Json | undefined> = {};
  const holder = goName(node.definition);
  for (const [key, item] of Object.entries(place.value)) {
    const path = place.path === "" ? key : `${place.path}.${key}`;
    const known = node.fields.get(key);
    if (known === undefined) {
      reading.unknown.push(`unknown field "${path}"`);
      continue;
    }
    if (item === null && known.node.kind !== "any") continue;
    const go = [place.go, embeddedStruct(node.definition, key), key].filter(Boolean).join(".");
    const read = decode(reading, known.node, { value: item, path, go, holder, textType: known.values.length > 0 ? goTextType(key) : "string" });
    if (read === undefined) continue;
    const isNothing = isDroppedWhenZero(node.definition, key, read) || (known.node.kind === "map" && isJsonObject(read) && Object.keys(read).length === 0);
    if (known.required || !isNothing) decoded[key] = read;
  }
  // A time that Go holds as a value and never leaves out.
  if (holder === "PodCondition") decoded["lastProbeTime"] ??= null;
  return decoded;
}

const wrongType = (found: string, { go, holder }: Place, expected: string): string =>
  `json: cannot unmarshal ${found} into Go struct field ${holder}.${go} of type ${expected}`;

/** What null stands for inside a list or a map. */
function zeroOf(node: SchemaNode): Json | undefined {
  if (node.kind === "object" || node.kind === "map") return {};
  if (node.kind === "list") return [];
  return node.kind === "scalar" && (node.scalar === "string" || node.scalar === "bytes") ? "" : undefined;
}

/** Its fields have been checked against the kind's schema; a missing metadata is an empty one. */
const parseKubernetesObject = (decoded: JsonObject): KubernetesObject => ({
  ...decoded,
  metadata: { ...(decoded["metadata"] as KubernetesObject["metadata"]) },
});
