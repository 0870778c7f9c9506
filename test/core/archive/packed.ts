import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { constants, inflateRawSync } from "node:zlib";
import type { FileToPack } from "../../../core/archive/write-packed.ts";
import { writePacked } from "../../../core/archive/write-packed.ts";
import { inPieces } from "./tar.ts";

/** A packed result of these files, in this order. */
export const packFiles = (files: readonly (readonly [name: string, content: string | Buffer])[]): Promise<Buffer> => buffer(writePacked(list(files)));

async function* list(files: readonly (readonly [string, string | Buffer])[]): AsyncGenerator<FileToPack> {
  for (const [name, content] of files) {
    const bytes = Buffer.from(content);
    yield { name, size: bytes.length, pieces: bytes.length === 0 ? Readable.from([]) : inPieces(bytes, 256 * 1024) };
  }
}

/** A frame as it stands in a packed result: its kind's number, and what it unpacks to. */
export type PlainFrame = { readonly kind: number; readonly content: Buffer; readonly start: number; readonly end: number };

/** The frames of a packed result, by as few lines as can be, so that our own reader is not its own judge. */
export function splitFrames(packed: Buffer): readonly PlainFrame[] {
  const frames: PlainFrame[] = [];
  for (let start = 8; start < packed.length;) {
    const end = start + 13 + packed.readUInt32BE(start + 1);
    const [kind, body] = [packed.readUInt8(start), packed.subarray(start + 13, end)];
    frames.push({ kind, content: kind !== 1 && kind !== 3 ? inflateRawSync(body, { finishFlush: constants.Z_SYNC_FLUSH }) : body, start, end });
    start = end;
  }
  return frames;
}

/** Names and contents of a packed result, by the same few lines. */
export function unpackPlainly(packed: Buffer): readonly (readonly [string, Buffer])[] {
  const files: [string, Buffer][] = [];
  for (const { kind, content } of splitFrames(packed)) {
    const last = files.at(-1);
    if (kind === 2 && last) last[1] = Buffer.concat([last[1], content]);
    if (kind > 1) continue;
    for (let at = 0; at < content.length;) {
      const nameEnd = at + 8 + content.readUInt16BE(at + 6);
      const end = kind === 0 ? nameEnd + content.readUIntBE(at, 6) : nameEnd;
      files.push([content.toString("utf8", at + 8, nameEnd), content.subarray(nameEnd, end)]);
      at = end;
    }
  }
  return files;
}
