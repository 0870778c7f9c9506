/** One field of a protobuf message as the wire has it. */
export type WireField = { readonly number: number; readonly value: bigint | Buffer };

/** The fields of a message in their order. Throws RangeError for what is none. Source: protobuf.dev/programming-guides/encoding. */
export function readFields(bytes: Buffer): readonly WireField[] {
  const fields: WireField[] = [];
  const reader = { bytes, at: 0 };
  while (reader.at < bytes.length) {
    const tag = readVarint(reader);
    const number = Number(tag >> 3n);
    switch (Number(tag & 7n)) {
      case 0:
        fields.push({ number, value: readVarint(reader) });
        break;
      case 1:
        fields.push({ number, value: readBytes(reader, 8) });
        break;
      case 2:
        fields.push({ number, value: readBytes(reader, Number(readVarint(reader))) });
        break;
      case 5:
        fields.push({ number, value: readBytes(reader, 4) });
        break;
      default:
        throw new RangeError("proto: illegal wireType");
    }
  }
  return fields;
}

type Reader = { readonly bytes: Buffer; at: number };

function readVarint(reader: Reader): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = reader.bytes[reader.at++];
    if (byte === undefined) throw new RangeError("unexpected EOF");
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  throw new RangeError("proto: integer overflow");
}

function readBytes(reader: Reader, length: number): Buffer {
  if (reader.at + length > reader.bytes.length) throw new RangeError("unexpected EOF");
  reader.at += length;
  return reader.bytes.subarray(reader.at - length, reader.at);
}
