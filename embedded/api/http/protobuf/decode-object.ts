import type { Json, JsonObject } from "../../../../core/contract/json.ts";
import type { SchemaNode } from "../../schema/schema-node.ts";
import { findSchemaNode } from "../../schema/schema-node.ts";
import { decodeScalar, decodeText } from "./decode-scalar.ts";
import messages from "./messages.json" with { type: "json" };
import { readFields } from "./read-fields.ts";

/**
 * An object that a client sent as protobuf, as kubectl does with what it makes itself (`create`, `auth can-i`, evictions), in its JSON form.
 * Undefined for a kind that is not known here; throws RangeError or SyntaxError for what is no such object.
 */
export function decodeObject(bytes: Buffer): JsonObject | undefined {
  if (bytes.subarray(0, 4).toString("latin1") !== "k8s\0")
    throw new RangeError("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
  const envelope = new Map(readFields(bytes.subarray(4)).map(({ number, value }) => [number, value]));
  const [typeMeta, raw] = [envelope.get(1), envelope.get(2)];
  if (!Buffer.isBuffer(typeMeta) || !Buffer.isBuffer(raw)) throw new RangeError("unexpected EOF");
  const names = new Map(readFields(typeMeta).map(({ number, value }) => [number, decodeText(value)]));
  const [apiVersion = "", kind = ""] = [names.get(1), names.get(2)];
  const node = findSchemaNode(kind === "DeleteOptions" ? "meta/v1" : apiVersion, kind);
  if (node?.kind !== "object" || !layouts.has(node.definition)) return undefined;
  return { ...decodeMessage(raw, node.definition, node), apiVersion, kind };
}

type ObjectNode = Extract<SchemaNode, { kind: "object" }>;

const layouts = new Map<string, readonly string[]>(Object.entries(messages));

/** `definition` is the node's own, or that of a struct whose fields JSON shows among the node's. */
function decodeMessage(bytes: Buffer, definition: string, node: ObjectNode): JsonObject {
  const layout = layouts.get(definition) ?? [];
  const object: Record<string, Json> = {};
  for (const { number, value } of readFields(bytes)) {
    const written = layout[number - 1] ?? "";
    if (written.startsWith("=")) {
      if (Buffer.isBuffer(value)) Object.assign(object, decodeMessage(value, written.slice(1), node));
      continue;
    }
    const name = written.replace("?", "");
    const field = node.fields.get(name)?.node;
    if (field === undefined) continue;
    const decoded = decodeField(value, field, object[name]);
    // Go writes every field that is no pointer, and JSON none of those that are nothing.
    const isNothing = decoded === null || decoded === "" || decoded === 0 || decoded === false;
    if (!isNothing || (written.endsWith("?") && decoded !== null)) object[name] = decoded;
  }
  return object;
}

/** Lists and maps come entry by entry: `before` is what there is of them. */
function decodeField(value: bigint | Buffer, node: SchemaNode, before: Json | undefined): Json {
  if (node.kind === "list") return [...(Array.isArray(before) ? before : []), decodeValue(value, node.items)];
  if (node.kind !== "map") return decodeValue(value, node);
  const entry = new Map(readFields(toBuffer(value)).map((each) => [each.number, each.value]));
  const key = decodeText(entry.get(1) ?? Buffer.alloc(0));
  const own = decodeValue(entry.get(2) ?? Buffer.alloc(0), node.items);
  return Object.fromEntries([...Object.entries(before ?? {}), [key, own]]);
}

function decodeValue(value: bigint | Buffer, node: SchemaNode): Json {
  switch (node.kind) {
    case "scalar":
      return decodeScalar(value, node.scalar);
    case "object":
      return decodeMessage(toBuffer(value), node.definition, node);
    case "any":
      return decodeRaw(value);
    default:
      // A list or map inside one is a message that holds nothing else.
      return readFields(toBuffer(value)).reduce<Json>((list, field) => decodeField(field.value, node, list), node.kind === "list" ? [] : {});
  }
}

/** JSON as text in a message of its own. */
function decodeRaw(value: bigint | Buffer): Json {
  const text = decodeText(readFields(toBuffer(value))[0]?.value ?? Buffer.alloc(0));
  return text === "" ? null : (JSON.parse(text) as Json);
}

function toBuffer(value: bigint | Buffer): Buffer {
  if (Buffer.isBuffer(value)) return value;
  throw new RangeError("proto: wrong wireType");
}
