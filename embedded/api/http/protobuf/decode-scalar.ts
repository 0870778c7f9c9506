import type { Json } from "../../../../core/contract/json.ts";
import type { Scalar } from "../../schema/schema-node.ts";
import { readFields } from "./read-fields.ts";

/** A scalar in the form that JSON has it; null for a time that is none. Throws RangeError for bytes that can't be such. */
export function decodeScalar(value: bigint | Buffer, scalar: Scalar): Json {
  switch (scalar) {
    case "string":
      return decodeText(value);
    case "boolean":
      return value !== 0n;
    case "int32":
    case "int64":
      return decodeInteger(value);
    case "number":
      return Buffer.isBuffer(value) && value.length === 8 ? value.readDoubleLE() : decodeInteger(value);
    case "bytes":
      return Buffer.isBuffer(value) ? value.toString("base64") : "";
    case "quantity":
      return decodeText(fieldsOf(value).get(1) ?? Buffer.alloc(0));
    case "int-or-string": {
      const fields = fieldsOf(value);
      return fields.get(1) === 1n ? decodeText(fields.get(3) ?? Buffer.alloc(0)) : decodeInteger(fields.get(2) ?? 0n);
    }
    default:
      return decodeTime(fieldsOf(value), scalar);
  }
}

/** Throws RangeError for what is no text. */
export function decodeText(value: bigint | Buffer): string {
  if (Buffer.isBuffer(value)) return value.toString("utf8");
  throw new RangeError("proto: wrong wireType");
}

function decodeInteger(value: bigint | Buffer): number {
  if (Buffer.isBuffer(value)) throw new RangeError("proto: wrong wireType");
  return Number(BigInt.asIntN(64, value));
}

function fieldsOf(value: bigint | Buffer): ReadonlyMap<number, bigint | Buffer> {
  if (!Buffer.isBuffer(value)) throw new RangeError("proto: wrong wireType");
  return new Map(readFields(value).map((field) => [field.number, field.value]));
}

function decodeTime(fields: ReadonlyMap<number, bigint | Buffer>, scalar: "time" | "micro-time"): string | null {
  const seconds = decodeInteger(fields.get(1) ?? 0n);
  // Go's zero time is written as nothing, or as the year 1.
  if (fields.size === 0 || seconds <= -62_135_596_800 || seconds > 253_402_300_799) return null;
  const nanos = decodeInteger(fields.get(2) ?? 0n);
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return scalar === "time" ? `${whole}Z` : `${whole}.${String(Math.floor(nanos / 1000)).padStart(6, "0")}Z`;
}
