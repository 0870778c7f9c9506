import { isUtf8 } from "node:buffer";
import { crc32 } from "node:zlib";
import type { ByteReader } from "./byte-reader.ts";
import { mostGrowth } from "./deflate-segment.ts";
import type { PackedSegment } from "./unpack-segment.ts";
import { damaged } from "./unpack-segment.ts";

/**
 * What a packed result is made of behind `packedMagic`. group: a segment of entries, each of them its head and then its content. file: the head of an entry
 * whose content follows in frames of the kind segment. report, one at most, behind all entries: what whoever packed them has to say of them. busy: nothing,
 * from who has work to do before there is more to send. end: how many entries and bytes of content there were, after which there is nothing.
 */
export type PackedFrame = PackedSegment & { readonly kind: FrameKind };
type FrameKind = (typeof kinds)[number];

/** In a frame each stands as its place in this list. */
const kinds = ["group", "file", "segment", "end", "report", "busy"] as const;

/** What a packed result begins with. */
export const packedMagic = Buffer.from("asdic\u0000p1", "latin1");

/** No frame unpacks to more bytes. Each segment of a file but its last one has so many. */
export const segmentBytes = 256 * 1024;

/** A frame's bytes: kind, packed length, size, CRC-32, and then what is packed. */
export function renderFrame({ kind, packed, size, crc32: crc }: PackedFrame): readonly [Buffer, Buffer] {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt8(kinds.indexOf(kind), 0);
  header.writeUInt32BE(packed.length, 1);
  header.writeUInt32BE(size, 5);
  header.writeUInt32BE(crc, 9);
  return [header, packed];
}

/** A frame that is not compressed. */
export const plainFrame = (kind: "file" | "end" | "busy", content: Buffer): PackedFrame => ({
  kind,
  packed: content,
  size: content.length,
  crc32: crc32(content),
});

/** The next frame; of the kinds file and end, which hold their content as it is, it is checked. Throws KnownError "transfer-failed" for what is none. */
export async function readFrame(reader: ByteReader): Promise<PackedFrame> {
  const header = await reader.take(headerBytes);
  if (header === undefined) throw damaged("its end is missing");
  const kind = kinds[header.readUInt8(0)];
  const [length, size, crc] = [header.readUInt32BE(1), header.readUInt32BE(5), header.readUInt32BE(9)];
  const isPlain = kind === "file" || kind === "end" || kind === "busy";
  if (kind === undefined || size > segmentBytes || length > size + mostGrowth || (isPlain && length !== size))
    throw damaged("it holds no frame where one begins");
  const packed = await reader.take(length);
  if (packed === undefined) throw damaged("it is cut off");
  if (isPlain && crc32(packed) !== crc) throw damaged("the checksum of a frame is another");
  return { kind, packed, size, crc32: crc };
}

/** An entry's name, which is safe or empty, and the size of its content. */
export type EntryHead = { readonly name: string; readonly size: number };

/** An entry's head: size, length of the name, name. */
export function renderHead({ name, size }: EntryHead): Buffer {
  const text = Buffer.from(name);
  const head = Buffer.alloc(fixedBytes);
  head.writeUIntBE(size, 0, numberBytes);
  head.writeUInt16BE(text.length, numberBytes);
  return Buffer.concat([head, text]);
}

/** The head that stands at a place, and where it ends; throws KnownError "transfer-failed" if none does. */
export function parseHead(bytes: Buffer, at: number): EntryHead & { readonly end: number } {
  const nameAt = at + fixedBytes;
  const end = nameAt > bytes.length ? Infinity : nameAt + bytes.readUInt16BE(at + numberBytes);
  if (end > bytes.length || !isUtf8(bytes.subarray(nameAt, end))) throw damaged("it holds no entry where one begins");
  return { name: bytes.toString("utf8", nameAt, end), size: bytes.readUIntBE(at, numberBytes), end };
}

/** What there was in all. */
export type PackedTotals = { readonly entries: number; readonly bytes: number };

/** The content of the frame at the end. */
export function renderTotals({ entries, bytes }: PackedTotals): Buffer {
  const content = Buffer.alloc(2 * numberBytes);
  content.writeUIntBE(entries, 0, numberBytes);
  content.writeUIntBE(bytes, numberBytes, numberBytes);
  return content;
}

const headerBytes = 13;
const numberBytes = 6;
const fixedBytes = numberBytes + 2;
