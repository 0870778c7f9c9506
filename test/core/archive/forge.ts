import { constants, crc32, deflateRawSync, gunzipSync, inflateRawSync } from "node:zlib";
import { parseTail, renderTail, tailBytes } from "../../../core/archive/archive-tail.ts";
import { renderTarHeader, tarPadding } from "../../../core/archive/render-tar-header.ts";
import { gzipHeader, storedBlock } from "../../../core/archive/segment-file.ts";
import type { IndexLine } from "../../../core/contract/tarball-layout.ts";

/** What an attacker may change of one of our archives, everything around it being made to fit. */
export type Forgery = {
  /** The tar's bytes up to the index. They come back as one segment, of which the index's lines are told. */
  readonly tar?: (tar: Buffer) => Buffer;
  /** Lines that are text are taken as they are. */
  readonly lines?: (lines: readonly IndexLine[]) => readonly unknown[];
  readonly indexName?: string;
  readonly indexAt?: (indexAt: number) => number;
};

const modifiedAt = new Date(0);

/** Content as a segment. */
export const segment = (content: Buffer): Buffer => deflateRawSync(content, { finishFlush: constants.Z_FULL_FLUSH });

/** The archive with these changes; whole for every reader that knows no index, unless its tar was broken. */
export function forge(archive: Buffer, { tar, lines, indexName = "meta/index.ndjson", indexAt = (at) => at }: Forgery): Buffer {
  const oldAt = parseTail(archive.subarray(-tailBytes)) ?? 0;
  const old = archive.subarray(gzipHeader.length, oldAt);
  const front = tar ? segment(tar(inflateRawSync(old, { finishFlush: constants.Z_SYNC_FLUSH }))) : old;
  const found = tar ? inOneSegment(readLines(archive), front.length) : readLines(archive);
  const text = Buffer.from((lines ? lines(found) : found).map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""));
  const index = segment(Buffer.concat([renderTarHeader({ name: indexName, size: text.length, modifiedAt }), text, tarPadding(text.length)]));
  const tail = storedBlock(renderTail(indexAt(gzipHeader.length + front.length), modifiedAt));
  const deflated = Buffer.concat([front, index, tail]);
  const unpacked = inflateRawSync(deflated);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(unpacked), 0);
  trailer.writeUInt32LE(unpacked.length, 4);
  return Buffer.concat([gzipHeader, deflated, trailer]);
}

function inOneSegment(lines: readonly IndexLine[], length: number): readonly IndexLine[] {
  let next = 0;
  return lines.map((line) => {
    const skip = next;
    next += renderTarHeader({ ...line, modifiedAt }).length + line.size + tarPadding(line.size).length;
    return { ...line, offset: gzipHeader.length, length, skip };
  });
}

function readLines(archive: Buffer): readonly IndexLine[] {
  const unpacked = gunzipSync(archive);
  const header = unpacked.lastIndexOf("meta/index.ndjson\0");
  const size = Number.parseInt(unpacked.toString("latin1", header + 124, header + 135), 8);
  const text = unpacked.toString("utf8", header + 512, header + 512 + size);
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as IndexLine]));
}
