import type { Readable } from "node:stream";
import type { ByteReader } from "./byte-reader.ts";
import { createByteReader } from "./byte-reader.ts";
import type { EntryHead, PackedFrame } from "./packed-frame.ts";
import { packedMagic, parseHead, readFrame, renderTotals, segmentBytes } from "./packed-frame.ts";
import { parseEntryName } from "./safe-name.ts";
import type { PackedSegment } from "./unpack-segment.ts";
import { damaged, unpackSegment } from "./unpack-segment.ts";

/**
 * A file of a packed result. Small ones are here with their content, checked; of large ones there are the segments as they came, to be read before the next
 * file is asked for, which are what they are said to be only if `unpackSegment` says so. The only file of a result may have an empty name.
 */
export type PackedFile = EntryHead & { readonly content: Buffer | AsyncIterable<PackedSegment> };

/**
 * The files of a packed result, in their order. Throws KnownError "transfer-failed" for what is damaged or cut off, "invalid-tarball" for names that are not
 * to be trusted; an error of `body` is passed on. `body` is destroyed at the end. `onReport` gets what whoever packed them says of them, once at most, behind the last file.
 */
export async function* readPacked(body: Readable, onReport?: (report: Buffer) => void): AsyncGenerator<PackedFile> {
  const reader = createByteReader(body[Symbol.asyncIterator]());
  let [entries, bytes, unnamed] = [0, 0, 0];
  let hasReport = false;
  try {
    if (!(await reader.take(packedMagic.length))?.equals(packedMagic)) throw damaged("it does not begin as one");
    for (let frame = await readFrame(reader); ; frame = await readFrame(reader)) {
      if (frame.kind === "busy") {
        if (frame.size > 0) throw damaged("it holds no frame where one begins");
        continue;
      }
      if (frame.kind === "end") {
        if (!frame.packed.equals(renderTotals({ entries, bytes })) || !(await reader.isOver())) throw damaged("it ends in another place than it says");
        return;
      }
      if (hasReport) throw damaged("something follows its report");
      if (frame.kind === "report") {
        hasReport = true;
        onReport?.(await unpackSegment(frame));
        continue;
      }
      for await (const file of readFiles(frame, reader)) {
        entries += 1;
        bytes += file.size;
        unnamed += file.name === "" ? 1 : 0;
        if (unnamed > 0 && entries > 1) throw damaged("it holds a file without a name");
        yield file.name === "" ? file : { ...file, name: parseEntryName(file.name) };
      }
    }
  } finally {
    body.destroy();
  }
}

/** What the segments hold, checked; each is unpacked when it is asked for. */
export async function* unpackSegments(segments: AsyncIterable<PackedSegment>): AsyncGenerator<Buffer> {
  for await (const segment of segments) yield await unpackSegment(segment);
}

async function* readFiles(frame: PackedFrame, reader: ByteReader): AsyncGenerator<PackedFile> {
  if (frame.kind === "group") yield* splitGroup(await unpackSegment(frame));
  else if (frame.kind === "file") yield* readFile(frame, reader);
  else throw damaged("it holds a segment of no file");
}

function* splitGroup(content: Buffer): Generator<PackedFile> {
  if (content.length === 0) throw damaged("it holds an empty group");
  for (let at = 0; at < content.length;) {
    const { name, size, end } = parseHead(content, at);
    at = end + size;
    if (at > content.length) throw damaged("a file in it is larger than its group");
    yield { name, size, content: content.subarray(end, at) };
  }
}

async function* readFile(frame: PackedFrame, reader: ByteReader): AsyncGenerator<PackedFile> {
  const { name, size, end } = parseHead(frame.packed, 0);
  if (end !== frame.packed.length || size === 0) throw damaged("it holds no entry where one begins");
  const segments = readSegments(size, reader);
  yield { name, size, content: segments.taken };
  await segments.skip();
}

/** The segments of a file of `size` bytes, and what passes over those that nobody took. */
function readSegments(size: number, reader: ByteReader): { readonly taken: AsyncIterable<PackedSegment>; readonly skip: () => Promise<void> } {
  const left = { bytes: size };
  const next = async (): Promise<PackedSegment> => {
    const { kind, ...segment } = await readFrame(reader);
    if (kind !== "segment" || segment.size !== Math.min(left.bytes, segmentBytes)) throw damaged("the segments of a file are not what its size asks for");
    left.bytes -= segment.size;
    return segment;
  };
  const taken = (async function* () {
    while (left.bytes > 0) yield await next();
  })();
  const skip = async (): Promise<void> => {
    // Whoever still reads has had what it asked for by then.
    await taken.return(undefined);
    while (left.bytes > 0) await next();
  };
  return { taken, skip };
}
