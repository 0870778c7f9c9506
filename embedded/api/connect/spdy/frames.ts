/** A frame of SPDY/3.1 as it came: control frames with their type, data frames with their stream. Source: SPDY protocol draft 3.1. */
export type Frame =
  | { readonly kind: "control"; readonly type: number; readonly flags: number; readonly payload: Buffer }
  | { readonly kind: "data"; readonly streamId: number; readonly flags: number; readonly payload: Buffer };

export const frameTypes = { synStream: 1, synReply: 2, rstStream: 3, settings: 4, ping: 6, goAway: 7, headers: 8, windowUpdate: 9 } as const;

/** On SYN_STREAM, HEADERS and data: the sender says no more on this stream. */
export const finFlag = 1;

/** A peer that breaks the protocol. */
export class SpdyError extends Error {
  override name = "SpdyError";
}

/** The frames of a connection, in order; throws SpdyError for what is no SPDY/3 or larger than anybody sends. */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      if (rest.length < headBytes) break;
      const length = rest.readUIntBE(5, 3);
      if (length > maxPayloadBytes) throw new SpdyError(`a frame of ${length} bytes`);
      if (rest.length < headBytes + length) break;
      yield parseFrame(rest.subarray(0, headBytes + length));
      rest = rest.subarray(headBytes + length);
    }
  }
}

const headBytes = 8;
const maxPayloadBytes = 1024 * 1024;
const controlBit = 0x8000;
const version = 3;

function parseFrame(bytes: Buffer): Frame {
  const flags = bytes.readUInt8(4);
  const payload = bytes.subarray(headBytes);
  const first = bytes.readUInt16BE(0);
  if (first < controlBit) return { kind: "data", streamId: bytes.readUInt32BE(0), flags, payload };
  if (first !== controlBit + version) throw new SpdyError(`SPDY version ${first - controlBit}`);
  return { kind: "control", type: bytes.readUInt16BE(2), flags, payload };
}

/** A control frame's bytes; `parts` are numbers of 32 bits and buffers. */
export function buildControlFrame(type: number, parts: readonly (number | Buffer)[]): Buffer {
  const payload = Buffer.concat(parts.map((part) => (typeof part === "number" ? buildNumber(part) : part)));
  const head = Buffer.alloc(headBytes);
  head.writeUInt16BE(controlBit + version, 0);
  head.writeUInt16BE(type, 2);
  head.writeUIntBE(payload.length, 5, 3);
  return Buffer.concat([head, payload]);
}

/** A data frame's bytes. */
export function buildDataFrame(streamId: number, payload: Buffer, flags = 0): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(streamId, 0);
  head.writeUInt8(flags, 4);
  head.writeUIntBE(payload.length, 5, 3);
  return Buffer.concat([head, payload]);
}

function buildNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
