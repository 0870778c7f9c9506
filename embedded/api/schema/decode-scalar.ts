import type { Json } from "../../../core/contract/json.ts";
import { parseQuantity, renderQuantity } from "../../../core/kubernetes/quantity.ts";
import type { Scalar } from "./schema-node.ts";

/** The value in canonical form, a mistake that is a whole sentence, or the Go type that was expected (and the literal that did not fit into it). */
export type DecodedScalar = { readonly value: Json } | { readonly mistake: string } | { readonly expected: string; readonly literal?: string };

/** Reads one scalar as Go's decoder does. */
export function decodeScalar(scalar: Scalar, value: Json): DecodedScalar {
  switch (scalar) {
    case "string":
      return typeof value === "string" ? { value } : { expected: "string" };
    case "boolean":
      return typeof value === "boolean" ? { value } : { expected: "bool" };
    case "number":
      return typeof value === "number" ? { value } : { expected: "float64" };
    case "int32":
    case "int64":
      return decodeInteger(scalar, value);
    case "int-or-string":
      return typeof value === "string" ? { value } : decodeInteger("int32", value);
    case "quantity": {
      const quantity = parseQuantity(typeof value === "string" ? value.trim() : value);
      return quantity === undefined ? { mistake: badQuantity } : { value: renderQuantity(quantity) };
    }
    case "bytes":
      return typeof value === "string" ? decodeBytes(value) : { expected: "[]uint8" };
    default:
      return typeof value === "string" ? decodeTime(scalar, value) : { expected: "string" };
  }
}

/** What the API server says of every quantity that it cannot read. */
const badQuantity = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

function decodeInteger(scalar: "int32" | "int64", value: Json): DecodedScalar {
  if (typeof value !== "number") return { expected: scalar };
  const limit = scalar === "int32" ? 2 ** 31 : 2 ** 63;
  return Number.isInteger(value) && value >= -limit && value < limit ? { value } : { expected: scalar, literal: `number ${value}` };
}

/** Line breaks are allowed, as Go allows them. */
function decodeBytes(text: string): DecodedScalar {
  const plain = text.replaceAll(/[\r\n]/g, "");
  const wrong = /^[A-Za-z0-9+/]*={0,2}/.exec(plain)?.[0].length ?? 0;
  if (wrong === plain.length && plain.length % 4 === 0) return { value: plain };
  return { mistake: `illegal base64 data at input byte ${wrong < plain.length ? wrong : plain.length - (plain.length % 4)}` };
}

const layouts = {
  time: { text: "2006-01-02T15:04:05Z07:00", fraction: false },
  "micro-time": { text: "2006-01-02T15:04:05.000000Z07:00", fraction: true },
};

/** Parts of a time in their order: how Go's layout writes each, and what fits. */
const parts: readonly (readonly [string, RegExp])[] = [
  ["2006", /^\d{4}/],
  ["-", /^-/],
  ["01", /^\d{2}/],
  ["-", /^-/],
  ["02", /^\d{2}/],
  ["T", /^T/],
  ["15", /^\d{2}/],
  [":", /^:/],
  ["04", /^\d{2}/],
  [":", /^:/],
  ["05", /^\d{2}/],
];

function decodeTime(scalar: "time" | "micro-time", text: string): DecodedScalar {
  const layout = layouts[scalar];
  let rest = text;
  for (const [name, part] of parts) {
    const found = part.exec(rest);
    if (found === null) return { mistake: `parsing time ${JSON.stringify(text)} as "${layout.text}": cannot parse ${JSON.stringify(rest)} as "${name}"` };
    rest = rest.slice(found[0].length);
  }
  const zone = /^(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(rest);
  const at = new Date(text);
  if (zone === null || Number.isNaN(at.getTime()))
    return { mistake: `parsing time ${JSON.stringify(text)} as "${layout.text}": cannot parse ${JSON.stringify(rest)} as "Z07:00"` };
  if (layout.fraction && zone[1]?.length !== 7)
    return { mistake: `parsing time ${JSON.stringify(text)} as "${layout.text}": cannot parse ${JSON.stringify(rest)} as ".000000"` };
  const seconds = at.toISOString().slice(0, 19);
  return { value: layout.fraction ? `${seconds}${zone[1] ?? ""}Z` : `${seconds}Z` };
}
