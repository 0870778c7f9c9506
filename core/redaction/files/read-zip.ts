import { inflateRawSync } from "node:zlib";
import { Unreadable } from "./unreadable.ts";

/** The files of a zip, by its central directory, in its order; folders are passed over. Throws Unreadable for what is damaged, encrypted, packed in an unusual way, or unpacks to more than `most` bytes. */
export function* readZip(content: Buffer, most: number): Generator<{ readonly name: string; readonly content: Buffer }> {
  const end = content.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  if (end === -1 || end + 22 > content.length) throw new Unreadable("it is a zip without its directory");
  const count = content.readUInt16LE(end + 10);
  let at = content.readUInt32LE(end + 16);
  let left = most;
  if (count === 0xffff || at === 0xffffffff) throw new Unreadable("it is a zip of the large kind");
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > content.length || content.readUInt32LE(at) !== directoryMark) throw new Unreadable("it is a damaged zip");
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => content.readUInt16LE(at + offset)) as [number, number, number];
    const name = content.toString("utf8", at + 46, at + 46 + nameBytes);
    const file = readEntry(content, at, left);
    left -= file.length;
    if (!name.endsWith("/")) yield { name, content: file };
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
}

const directoryMark = 0x02014b50;

function readEntry(content: Buffer, at: number, most: number): Buffer {
  const [flags, method] = [content.readUInt16LE(at + 8), content.readUInt16LE(at + 10)];
  const [packed, start] = [content.readUInt32LE(at + 20), content.readUInt32LE(at + 42)];
  if ((flags & 1) === 1) throw new Unreadable("it is an encrypted zip");
  if (start + 30 > content.length) throw new Unreadable("it is a damaged zip");
  const from = start + 30 + content.readUInt16LE(start + 26) + content.readUInt16LE(start + 28);
  const bytes = content.subarray(from, from + packed);
  if (bytes.length !== packed) throw new Unreadable("it is a damaged zip");
  if (method !== 0 && method !== 8) throw new Unreadable("it is a zip packed in an unusual way");
  if (method === 0) return bytes;
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(1, most) });
  } catch {
    throw new Unreadable("it is a zip that is damaged or unpacks to too much");
  }
}
